import { sql } from 'kysely';
import { postgresMessageSearch } from './postgres-message-search.ts';
import type { SqlDialect } from '../sql-dialect.ts';

/** The parts of the store that are specific to PostgreSQL. */
export const POSTGRES: SqlDialect = {
  search: postgresMessageSearch,
  oneWriter: false,
  async hold(transaction, name) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(transaction);
  },
  async snapshot(transaction) {
    await sql`set transaction isolation level repeatable read, read only`.execute(transaction);
  },
  async continueNumbers(db) {
    await sql`select
      setval(pg_get_serial_sequence('messages', 'n'), coalesce((select max(n) from messages), 0) + 1, false),
      setval(pg_get_serial_sequence('operator_words', 'number'),
        coalesce((select max(number) from operator_words), 0) + 1, false)`.execute(db);
  },
  // Autovacuum waits until a fifth of a table is dead, which a small table never reaches. If several nodes
  // start at once, one of them vacuums.
  async scrub(db) {
    await sql`vacuum (skip_locked) accounts, sessions, presence, messages, message_index, history, pictures,
      contact_requests, known_devices, identities`.execute(db);
  },
};
