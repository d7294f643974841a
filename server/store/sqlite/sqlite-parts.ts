import { sql } from 'kysely';
import type { SqlDialect } from '../sql-dialect.ts';
import { sqliteMessageSearch } from './sqlite-message-search.ts';

/** SQLite's own parts. */
export const SQLITE: SqlDialect = {
  search: sqliteMessageSearch,
  oneWriter: true,
  // There is one writer at a time: a transaction that writes has everything to itself.
  hold: () => Promise.resolve(),
  snapshot: () => Promise.resolve(),
  continueNumbers: () => Promise.resolve(),
  // `secure_delete` overwrites what is deleted, but the write-ahead log still holds the pages as they were.
  async scrub(db) {
    await sql`pragma wal_checkpoint(truncate)`.execute(db);
  },
};
