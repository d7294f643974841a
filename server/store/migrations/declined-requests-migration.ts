import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Remembers a decline after its contact request was withdrawn. */
export const declinedRequestsMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('contact_requests').addColumn('withdrawn_at', 'bigint').execute();
    await db.schema
      .createIndex('contact_requests_withdrawn')
      .on('contact_requests')
      .columns(['to_username', 'withdrawn_at'])
      .where(sql.ref('withdrawn_at'), 'is not', null)
      .execute();
  },
};
