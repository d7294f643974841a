import type { Kysely, Selectable } from 'kysely';
import type { UserId } from '../../../protocol/ids.ts';
import type { MessageTable, Tables } from '../tables.ts';

/** A message as the index stores it. */
export interface IndexedMessage {
  n: number;
  /** Who may find it. */
  people: readonly UserId[];
  text: string;
}

/** The index that finds messages by their words. Each database has its own implementation. */
export interface MessageSearch {
  /**
   * Creates the index, as a step of a migration. Removing a message from `messages` must also remove its
   * words.
   */
  create(db: Kysely<unknown>): Promise<void>;
  /** Call it in the transaction that inserts the message. */
  add(transaction: Kysely<Tables>, message: IndexedMessage): Promise<void>;
  /**
   * Messages that `me` may find and that contain all words of `query`, or words that start with them; newest
   * first.
   */
  find(db: Kysely<Tables>, me: UserId, query: string, limit: number): Promise<Selectable<MessageTable>[]>;
}
