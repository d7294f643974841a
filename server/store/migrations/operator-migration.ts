import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What an operator does from the command line: accounts that are disabled, and word for running servers. */
export const operatorMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('disabled_accounts')
      .addColumn('user_id', 'text', (column) =>
        column.primaryKey().references('accounts.user_id').onDelete('cascade'),
      )
      .execute();
    // Numbers are never used again, so that no server takes a new word for one it has heard.
    await db.schema
      .createTable('operator_words')
      .addColumn('number', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('session_id', 'text')
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
