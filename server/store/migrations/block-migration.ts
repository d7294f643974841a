import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Who has blocked whom. */
export const blocks: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('blocks')
      .addColumn('blocker_id', 'text', (column) =>
        column.notNull().references('accounts.user_id').onDelete('cascade'),
      )
      .addColumn('blocked_id', 'text', (column) =>
        column.notNull().references('accounts.user_id').onDelete('cascade'),
      )
      .addPrimaryKeyConstraint('blocks_key', ['blocker_id', 'blocked_id'])
      .execute();
    await db.schema.createIndex('blocks_by_blocked').on('blocks').column('blocked_id').execute();
  },
};
