import { sql, type Kysely, type Selectable } from 'kysely';
import type { ConnectedDatabase } from './connect-database.ts';
import { findableBy } from './chat/findable-by.ts';
import { TABLE_NAMES } from './table-names.ts';
import type { MessageTable, Tables } from './tables.ts';

/**
 * Rows in one statement: few enough for the limit of values in a statement, and for the memory that pictures
 * need.
 */
const AT_ONCE = 100;

type TableName = (typeof TABLE_NAMES)[number];

/** How many rows a table has. */
export interface TableCount {
  table: TableName;
  rows: number;
}

/** The target is not empty, or has not received every row. */
export class CopyRefused extends Error {
  override name = 'CopyRefused';
}

const countOf = async (db: Kysely<Tables>, table: TableName): Promise<number> => {
  const { rows } = await db
    .selectFrom(table)
    .select((build) => build.fn.countAll().as('rows'))
    .executeTakeFirstOrThrow();
  return Number(rows);
};

const insert = async (to: Kysely<Tables>, table: TableName, rows: readonly object[]): Promise<void> => {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first).map((name) => sql.ref(name));
  const values = rows.map((row) => sql`(${sql.join(Object.values(row))})`);
  await sql`insert into ${sql.table(table)} (${sql.join(columns)}) values ${sql.join(values)}`.execute(to);
};

const copyTable = async (from: Kysely<Tables>, to: Kysely<Tables>, table: TableName): Promise<void> => {
  let rows: object[] = [];
  for await (const row of from.selectFrom(table).selectAll().stream(AT_ONCE)) {
    rows.push(row);
    if (rows.length < AT_ONCE) continue;
    await insert(to, table, rows);
    rows = [];
  }
  await insert(to, table, rows);
};

/** Each database has its own search index, so the index is built anew. */
const indexMessages = async (to: Kysely<Tables>, dialect: ConnectedDatabase['dialect']): Promise<void> => {
  let messages: Selectable<MessageTable>[];
  let after = 0;
  do {
    messages = await to
      .selectFrom('messages')
      .selectAll()
      .where('n', '>', after)
      .orderBy('n')
      .limit(AT_ONCE)
      .execute();
    for (const { n, sender_id, recipient_id, withheld, text } of messages) {
      await dialect.search.add(to, { n, people: findableBy(sender_id, recipient_id, withheld === 1), text });
      after = n;
    }
  } while (messages.length > 0);
};

/**
 * Copies everything from one database to another, both with the current tables, in one transaction.
 * @returns how many rows each table has.
 * @throws CopyRefused when the target is not empty.
 */
export const copyDatabase = (from: ConnectedDatabase, to: ConnectedDatabase): Promise<TableCount[]> =>
  from.db.transaction().execute(async (source) => {
    await from.dialect.snapshot(source);
    return to.db.transaction().execute(async (target) => {
      for (const table of TABLE_NAMES) {
        if ((await countOf(target, table)) > 0)
          throw new CopyRefused(`the target is not empty: it has ${table}`);
      }
      for (const table of TABLE_NAMES) await copyTable(source, target, table);
      await indexMessages(target, to.dialect);
      await to.dialect.continueNumbers(target);
      const counts: TableCount[] = [];
      for (const table of TABLE_NAMES) {
        const [had, rows] = [await countOf(source, table), await countOf(target, table)];
        if (had !== rows) {
          throw new CopyRefused(
            `of ${String(had)} rows of ${table}, ${String(rows)} arrived: nothing is kept`,
          );
        }
        counts.push({ table, rows });
      }
      return counts;
    });
  });
