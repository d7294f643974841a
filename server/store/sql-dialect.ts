import type { Kysely } from 'kysely';
import type { MessageSearch } from './chat/message-search.ts';
import type { Tables } from './tables.ts';

/** What differs between the databases that a store can be in. Everything else is the same SQL. */
export interface SqlDialect {
  search: MessageSearch;
  /** Transactions wait for each other anyway: what is written at once is written in one. */
  oneWriter: boolean;
  /**
   * Within a transaction: waits until no other one holds the same name, and holds it until this one ends.
   * Rows that are there already are locked by changing them; this is for what is not there yet.
   */
  hold(transaction: Kysely<Tables>, name: string): Promise<void>;
  /** First in a transaction: everything it reads is as it is now, whatever others write meanwhile. */
  snapshot(transaction: Kysely<Tables>): Promise<void>;
  /** Rows came in with the numbers they had elsewhere: new ones are numbered after them. */
  continueNumbers(db: Kysely<Tables>): Promise<void>;
  /** See `Store.scrub`. */
  scrub(db: Kysely<Tables>): Promise<void>;
}
