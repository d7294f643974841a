import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Runs a step in the transaction that `Store.atomically` has begun, or in a new one. */
export const inTransaction = <T>(
  db: Kysely<Tables>,
  work: (transaction: Kysely<Tables>) => Promise<T>,
): Promise<T> => (db.isTransaction ? work(db) : db.transaction().execute(work));
