import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Deleted accounts: their rows stay for the calls that refer to them, marked. */
export const tombstones: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('accounts').addColumn('deleted_at', 'bigint').execute();
  },
};
