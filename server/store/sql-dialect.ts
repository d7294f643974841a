import type { Kysely } from 'kysely';
import type { MessageSearch } from './chat/message-search.ts';
import type { Tables } from './tables.ts';

/** The differences between the databases. All other SQL is the same. */
export interface SqlDialect {
  search: MessageSearch;
  /** Transactions wait for each other anyway, so simultaneous writes share one. */
  oneWriter: boolean;
  /**
   * Takes a lock by name in a transaction, and holds it until the transaction ends. It is for rows that do
   * not exist yet; an update locks existing rows.
   */
  hold(transaction: Kysely<Tables>, name: string): Promise<void>;
  /**
   * Call it first in a transaction, which then reads everything as of this moment, whatever others write
   * meanwhile.
   */
  snapshot(transaction: Kysely<Tables>): Promise<void>;
  /** Call it after inserting rows with existing numbers: it makes new rows continue after them. */
  continueNumbers(db: Kysely<Tables>): Promise<void>;
  /** See `Store.scrub`. */
  scrub(db: Kysely<Tables>): Promise<void>;
}
