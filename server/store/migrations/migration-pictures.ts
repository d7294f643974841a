import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { LIMITS } from '../../../protocol/limits.ts';
import { PICTURE_TYPES } from '../../../protocol/people/picture.ts';

/** The account names its picture; the picture's bytes are in a table that lists never read. */
export const pictures: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('accounts').addColumn('picture', 'text').execute();
    await db.schema
      .createTable('pictures')
      .addColumn('user_id', 'text', (column) => column.primaryKey().references('accounts.user_id'))
      .addColumn('type', 'text', (column) =>
        column
          .notNull()
          .check(sql<boolean>`type in (${sql.join(PICTURE_TYPES.map((type) => sql.lit(type)))})`),
      )
      .addColumn('bytes', 'blob', (column) =>
        column.notNull().check(sql<boolean>`length(bytes) between 1 and ${sql.lit(LIMITS.pictureBytes)}`),
      )
      .execute();
  },
};
