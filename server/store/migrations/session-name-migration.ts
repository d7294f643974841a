import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Gives sessions a name, and the time up to which their device has been told of new sessions. */
export const sessionNameMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('sessions').addColumn('device_name', 'text').execute();
    await db.schema
      .alterTable('sessions')
      .addColumn('told_until', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute();
    // Existing sessions are not announced.
    await sql`update sessions set told_until = (select max(created_at) from sessions)`.execute(db);
  },
};
