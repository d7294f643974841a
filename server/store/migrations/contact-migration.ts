import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Contacts that people chose, contact requests, and personal invite codes. */
export const contacts: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('contacts')
      .addColumn('user_id', 'text', (column) =>
        column.notNull().references('accounts.user_id').onDelete('cascade'),
      )
      .addColumn('other_id', 'text', (column) =>
        column.notNull().references('accounts.user_id').onDelete('cascade'),
      )
      .addPrimaryKeyConstraint('contacts_key', ['user_id', 'other_id'])
      .execute();
    await db.schema.createIndex('contacts_by_other').on('contacts').column('other_id').execute();
    await db.schema
      .createTable('contact_requests')
      .addColumn('from_id', 'text', (column) =>
        column.notNull().references('accounts.user_id').onDelete('cascade'),
      )
      .addColumn('to_username', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('declined', 'integer', (column) => column.notNull().check(sql<boolean>`declined in (0, 1)`))
      .addPrimaryKeyConstraint('contact_requests_key', ['from_id', 'to_username'])
      .execute();
    await db.schema
      .createIndex('contact_requests_by_name')
      .on('contact_requests')
      .column('to_username')
      .execute();
    await db.schema
      .createTable('contact_codes')
      .addColumn('owner_id', 'text', (column) =>
        column.primaryKey().references('accounts.user_id').onDelete('cascade'),
      )
      .addColumn('code_hash', 'text', (column) => column.notNull().unique())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('uses', 'integer', (column) => column.notNull())
      .execute();
  },
};
