import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Does it in one transaction: the one that `Store.atomically` has begun, or one of its own. */
export const inTransaction = <T>(
  db: Kysely<Tables>,
  work: (transaction: Kysely<Tables>) => Promise<T>,
): Promise<T> => (db.isTransaction ? work(db) : db.transaction().execute(work));
