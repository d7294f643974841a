import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Invites to create an account. */
export const invitesMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('invites')
      .addColumn('invite_id', 'text', (column) => column.primaryKey())
      .addColumn('code_hash', 'text', (column) => column.notNull().unique())
      .addColumn('uses', 'integer', (column) => column.notNull())
      .addColumn('uses_left', 'integer', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addCheckConstraint('invites_left', sql`uses_left between 0 and uses`)
      .execute();
  },
};
