import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Favourites, and contacts who may ring through "do not disturb". */
export const contactMarks: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('contact_marks')
      .addColumn('user_id', 'text', (column) =>
        column.notNull().references('accounts.user_id').onDelete('cascade'),
      )
      .addColumn('other_id', 'text', (column) =>
        column.notNull().references('accounts.user_id').onDelete('cascade'),
      )
      .addColumn('rings_through', 'integer', (column) =>
        column.notNull().check(sql<boolean>`rings_through in (0, 1)`),
      )
      .addPrimaryKeyConstraint('contact_marks_key', ['user_id', 'other_id'])
      .execute();
    await db.schema.createIndex('contact_marks_by_other').on('contact_marks').column('other_id').execute();
  },
};
