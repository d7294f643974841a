import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Browsers that an account has signed in from. */
export const knownDevicesMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('known_devices')
      .addColumn('user_id', 'text', (column) =>
        column.notNull().references('accounts.user_id').onDelete('cascade'),
      )
      .addColumn('device_hash', 'text', (column) => column.notNull())
      .addColumn('seen_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('known_devices_key', ['user_id', 'device_hash'])
      .execute();
  },
};
