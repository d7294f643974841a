import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { LIMITS } from '../../../protocol/limits.ts';

/** Deletes rows above the new caps, and adds indexes so that queries need not skip many rows. */
export const boundsMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`delete from sessions where session_id in (
      select session_id from (
        select session_id, row_number() over (
          partition by user_id order by seen_at desc, created_at desc, session_id
        ) as place from sessions
      ) as placed where place > ${sql.lit(LIMITS.devices)}
    )`.execute(db);
    // With it, a query need not skip the withheld messages of a blocked person.
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
