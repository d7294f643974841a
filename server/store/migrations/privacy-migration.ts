import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** People whose calls use only the relay. */
export const privacyMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('hidden_addresses')
      .addColumn('user_id', 'text', (column) =>
        column.primaryKey().references('accounts.user_id').onDelete('cascade'),
      )
      .execute();
  },
};
