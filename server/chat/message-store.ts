import type { FoundMessage, Mark, Message, Unread } from '../../protocol/chat/message.ts';
import type { MessageId, UserId } from '../../protocol/ids.ts';

/** A message to be kept. */
export interface NewMessage {
  id: MessageId;
  from: UserId;
  to: UserId;
  text: string;
  /** Only its sender ever sees it: the other has blocked them. */
  withheld: boolean;
  /** Epoch milliseconds. */
  now: number;
}

/** How far somebody is with the messages of another. */
export interface Position {
  at: number;
  mark: Exclude<Mark, 'sent'>;
}

/** One side of a conversation: `reader`'s view of what `sender` wrote. */
export interface Reading {
  reader: UserId;
  sender: UserId;
}

/** Messages whose mark their sender may know by now, newest first and bounded. */
export type ToldMarks = Record<Position['mark'], MessageId[]>;

/** A bounded list, and whether there was more. */
export interface Listed<T> {
  items: T[];
  more: boolean;
}

/** Text messages, and how far they have come. Times are epoch milliseconds. */
export interface MessageStore {
  /**
   * Keeps a message at a time that is later than that of every other one of the two. One with the
   * same sender and id is kept once: then `added` is false and `at` the first one's.
   */
  add(message: NewMessage): Promise<{ at: number; added: boolean }>;
  /** What the two wrote each other and `me` may see, oldest first: the newest `limit` before a time. */
  page(me: UserId, other: UserId, options: { before?: number; limit: number }): Promise<Listed<Message>>;
  /** Messages to `me` that are not read, by sender, the newest first. */
  unread(me: UserId): Promise<Unread[]>;
  /**
   * How far `reader` has come with `sender`'s messages: up to the newest that is no later than `at`.
   * Never goes back, and read includes delivered. Returns whether anything changed.
   */
  advance(reading: Reading, position: Position): Promise<boolean>;
  /** Lets `sender` know how far `reader` has come, and gives what is new in that. */
  tell(reading: Reading): Promise<ToldMarks>;
  /** Where somebody takes part and a sender has not been told everything. */
  untold(userId: UserId): Promise<Reading[]>;
  /** `me`'s messages with all of the words, or words that start so, newest first. */
  search(me: UserId, query: string, limit: number): Promise<Listed<FoundMessage>>;
  /** Removes messages before a time for good; returns how many. */
  removeBefore(time: number): Promise<number>;
  /** Removes everything somebody wrote, was written or has read. */
  forget(userId: UserId): Promise<void>;
}
