import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { harmlessLine, isVisible } from '../../../protocol/one-line.ts';

const BATCH = 1000;

interface Named {
  user_id: string;
  username: string;
  display_name: string;
}

/** A name by the current rules, or the username if the name has no visible character. */
const today = ({ username, display_name }: Named): string => {
  const name = harmlessLine(display_name);
  return isVisible(name) ? name : username;
};

/** Adds the name that the provider told last, and cleans names from the time before names were cleaned. */
export const toldNamesMigration: Migration = {
  async up(db: Kysely<unknown>) {
    // Null: the provider told a name before this column existed.
    await db.schema.alterTable('identities').addColumn('told_name', 'text').execute();
    for (let after = '', read = BATCH; read === BATCH;) {
      const { rows } = await sql<Named>`
        select user_id, username, display_name from accounts
        where deleted_at is null and user_id > ${after} order by user_id limit ${BATCH}`.execute(db);
      for (const row of rows.filter((each) => today(each) !== each.display_name)) {
        await sql`update accounts set display_name = ${today(row)} where user_id = ${row.user_id}`.execute(
          db,
        );
      }
      read = rows.length;
      after = rows.at(-1)?.user_id ?? after;
    }
  },
};
