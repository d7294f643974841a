import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Sessions get a name, and remember until when their device has been told of new ones. */
export const sessionNameMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('sessions').addColumn('device_name', 'text').execute();
    await db.schema
      .alterTable('sessions')
      .addColumn('told_until', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute();
    // Nobody is told of what was there before.
    await sql`update sessions set told_until = (select max(created_at) from sessions)`.execute(db);
  },
};
