import type { Kysely, Selectable } from 'kysely';
import type { UserId } from '../../../protocol/ids.ts';
import type { MessageTable, Tables } from '../tables.ts';

/** A message as it is put into the index. */
export interface IndexedMessage {
  n: number;
  /** Who may find it. */
  people: readonly UserId[];
  text: string;
}

/** The index that finds messages by their words: the one part that each database does in its own way. */
export interface MessageSearch {
  /** Makes it: a step of a migration. Whatever removes a message from `messages` removes its words too. */
  create(db: Kysely<unknown>): Promise<void>;
  /** In the transaction that keeps the message. */
  add(transaction: Kysely<Tables>, message: IndexedMessage): Promise<void>;
  /** Messages that `me` may find, with all words of `query` or words that start so, newest first. */
  find(db: Kysely<Tables>, me: UserId, query: string, limit: number): Promise<Selectable<MessageTable>[]>;
}
