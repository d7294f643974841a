import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { LIMITS } from '../../../protocol/limits.ts';

/** What one account has piled up is cut down to what it may keep, and queries that read past it get their index. */
export const boundsMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`delete from sessions where session_id in (
      select session_id from (
        select session_id, row_number() over (
          partition by user_id order by seen_at desc, created_at desc, session_id
        ) as place from sessions
      ) as placed where place > ${sql.lit(LIMITS.devices)}
    )`.execute(db);
    // What a blocked person goes on sending is no longer read past to find what may be seen.
    await db.schema.dropIndex('messages_to_read').execute();
    await db.schema
      .createIndex('messages_by_reader')
      .on('messages')
      .columns(['recipient_id', 'withheld', 'sender_id', 'at'])
      .execute();
    await db.schema.createIndex('oidc_flows_by_end').on('oidc_flows').column('expires_at').execute();
    await db.schema.createIndex('oidc_codes_by_end').on('oidc_codes').column('expires_at').execute();
  },
};
