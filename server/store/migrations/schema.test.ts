import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../testkit/server/temporary-folder.ts';
import { testPostgres } from '../../../testkit/server/test-postgres.ts';
import { connectDatabase } from '../connect-database.ts';
import { readDatabaseUrl } from '../database-settings.ts';
import { openSqliteStore } from '../sqlite/open-sqlite-store.ts';
import { TABLE_NAMES } from '../table-names.ts';

const INDEX = 'message_index';

/** Tables and columns, and which columns may not be null. */
const schemaOf = async (address: string): Promise<Record<string, Record<string, boolean>>> => {
  const database = readDatabaseUrl(address);
  if (!database) throw new Error('no database');
  const { db } = connectDatabase(database);
  const tables = await db.introspection.getTables();
  await db.destroy();
  const named = tables.filter(({ name }) => !name.startsWith(INDEX));
  return Object.fromEntries(
    named.map(({ name, columns }) => [
      name,
      Object.fromEntries(columns.map((column) => [column.name, column.isNullable])),
    ]),
  );
};

it('is the same in both databases, and has the tables that the types name', async () => {
  const file = join(temporaryFolder(), 'quick-call.db');
  await (await openSqliteStore(file, 0)).close();
  const [sqlite, postgres] = [await schemaOf(`sqlite:${file}`), await schemaOf(await testPostgres())];
  expect(Object.keys(postgres).sort()).toEqual(TABLE_NAMES.toSorted());
  // SQLite's schema allows null in a text primary key; ours is never null.
  const keys = { ...sqlite };
  for (const [table, columns] of Object.entries(keys)) {
    for (const name of Object.keys(columns)) {
      if (columns[name] && postgres[table]?.[name] === false) columns[name] = false;
    }
  }
  expect(postgres).toEqual(keys);
});
