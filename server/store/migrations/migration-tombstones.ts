import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Marks deleted accounts, whose rows stay because calls refer to them. */
export const tombstones: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('accounts').addColumn('deleted_at', 'bigint').execute();
  },
};
