import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { LIMITS } from '../../../protocol/limits.ts';
import { PICTURE_TYPES } from '../../../protocol/people/picture.ts';

const profileTables = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('held_profiles')
    .addColumn('user_id', 'text', (column) => column.primaryKey().references('accounts.user_id'))
    .addColumn('display_name', 'text', (column) => column.notNull())
    .addColumn('picture', 'text')
    .execute();
  await db.schema
    .createTable('frozen_profiles')
    .addColumn('viewer_id', 'text', (column) => column.notNull().references('accounts.user_id'))
    .addColumn('person_id', 'text', (column) => column.notNull().references('accounts.user_id'))
    .addColumn('display_name', 'text', (column) => column.notNull())
    .addColumn('picture', 'text')
    .addColumn('last_seen', 'bigint')
    .addColumn('thaws', 'integer', (column) => column.notNull().check(sql<boolean>`thaws in (0, 1)`))
    .addPrimaryKeyConstraint('frozen_profiles_key', ['viewer_id', 'person_id'])
    .execute();
  await db.schema
    .createIndex('frozen_profiles_by_person')
    .on('frozen_profiles')
    .columns(['person_id', 'thaws'])
    .execute();
};

/** A replaced picture is kept for as long as somebody still sees it. */
const picturesByHash = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable('pictures_by_hash')
    .addColumn('user_id', 'text', (column) => column.notNull().references('accounts.user_id'))
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) =>
      column.notNull().check(sql<boolean>`type in (${sql.join(PICTURE_TYPES.map((type) => sql.lit(type)))})`),
    )
    .addColumn('bytes', 'blob', (column) =>
      column.notNull().check(sql<boolean>`length(bytes) between 1 and ${sql.lit(LIMITS.pictureBytes)}`),
    )
    .addPrimaryKeyConstraint('pictures_key', ['user_id', 'hash'])
    .execute();
  await sql`
    insert into pictures_by_hash (user_id, hash, type, bytes)
    select pictures.user_id, accounts.picture, pictures.type, pictures.bytes
    from pictures join accounts on accounts.user_id = pictures.user_id
    where accounts.picture is not null`.execute(db);
  await db.schema.dropTable('pictures').execute();
  await db.schema.alterTable('pictures_by_hash').renameTo('pictures').execute();
};

/**
 * A blocked person goes on seeing the current name, without picture and last time, as before. The blocker
 * goes on seeing the other's current profile.
 */
const freezeBlocks = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    insert into frozen_profiles (viewer_id, person_id, display_name, picture, last_seen, thaws)
    select blocked_id, blocker_id, display_name, null, null, 0
    from blocks join accounts on accounts.user_id = blocks.blocker_id`.execute(db);
  await sql`
    insert into frozen_profiles (viewer_id, person_id, display_name, picture, last_seen, thaws)
    select blocker_id, blocked_id, display_name, accounts.picture, null, 0
    from blocks join accounts on accounts.user_id = blocks.blocked_id
    where not exists (
      select 1 from frozen_profiles
      where viewer_id = blocks.blocker_id and person_id = blocks.blocked_id
    )`.execute(db);
};

/** Stores the earlier profile that viewers go on seeing of people who are not present for them. */
export const profiles: Migration = {
  async up(db: Kysely<unknown>) {
    await profileTables(db);
    await picturesByHash(db);
    await freezeBlocks(db);
  },
};
