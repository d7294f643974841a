import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** When what has been kept for its time was deleted last, and which deletion waits for the operator. */
export const sweepsMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('sweeps')
      .addColumn('what', 'text', (column) => column.primaryKey())
      .addColumn('swept_at', 'bigint')
      .addColumn('held_reason', 'text')
      .addColumn('held_due', 'integer')
      .addColumn('held_at', 'bigint')
      .addColumn('allowed', 'integer', (column) => column.notNull())
      .execute();
  },
};
