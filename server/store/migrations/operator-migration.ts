import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Disabled accounts, and the operator's messages to running servers. */
export const operatorMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('disabled_accounts')
      .addColumn('user_id', 'text', (column) =>
        column.primaryKey().references('accounts.user_id').onDelete('cascade'),
      )
      .execute();
    // Numbers are never reused, so that no server mistakes a new message for one that it has read.
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
