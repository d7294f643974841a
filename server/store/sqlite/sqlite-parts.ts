import { sql } from 'kysely';
import type { SqlDialect } from '../sql-dialect.ts';
import { sqliteMessageSearch } from './sqlite-message-search.ts';

/** The parts of the store that are specific to SQLite. */
export const SQLITE: SqlDialect = {
  search: sqliteMessageSearch,
  oneWriter: true,
  // SQLite has one writer at a time, so a transaction that writes needs no further lock.
  hold: () => Promise.resolve(),
  snapshot: () => Promise.resolve(),
  continueNumbers: () => Promise.resolve(),
  // `secure_delete` overwrites what is deleted, but the write-ahead log still holds the pages as they were.
  async scrub(db) {
    await sql`pragma wal_checkpoint(truncate)`.execute(db);
  },
};
