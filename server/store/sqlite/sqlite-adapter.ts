import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** The most prepared statements to keep. The server has a few dozen, so this limit is only a safeguard. */
const KEPT_STATEMENTS = 256;

const toSqlValue = (value: unknown): SQLInputValue => {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
      return value;
    default:
      if (value === null || value instanceof Uint8Array) return value;
      throw new TypeError('SQLite takes text, numbers, bytes and null');
  }
};

/** A database as Kysely's SQLite dialect knows it, with what our driver needs in addition. */
export interface AdaptedSqlite extends SqliteDatabase {
  readonly inTransaction: boolean;
}

/** Lets Kysely's own SQLite dialect, written for better-sqlite3, run on Node's built-in SQLite. */
export const adaptSqlite = (db: DatabaseSync): AdaptedSqlite => {
  const kept = new Map<string, SqliteStatement>();
  return {
    get inTransaction() {
      return db.isTransaction;
    },
    close() {
      kept.clear();
      db.close();
    },
    prepare(text) {
      const known = kept.get(text);
      if (known) return known;
      const statement = db.prepare(text);
      const adapted: SqliteStatement = {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...parameters.map(toSqlValue)),
        run: (parameters) => statement.run(...parameters.map(toSqlValue)),
        iterate: (parameters) => statement.iterate(...parameters.map(toSqlValue)),
      };
      if (kept.size >= KEPT_STATEMENTS) kept.clear();
      kept.set(text, adapted);
      return adapted;
    },
  };
};
