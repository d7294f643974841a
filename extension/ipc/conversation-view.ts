import type { MessageId, UserId } from '../../protocol/ids.ts';
import type { Message } from '../../protocol/chat/message.ts';
import type { ErrorCode } from '../../protocol/errors.ts';

/**
 * A message that the server has not accepted yet. `problem`: the server refused it, and the person must act.
 */
export interface UnsentMessage {
  id: MessageId;
  text: string;
  /** When it was written, in epoch milliseconds. */
  at: number;
  problem: ErrorCode | null;
}

/** A conversation that some view has opened. */
export interface ConversationView {
  userId: UserId;
  /** Oldest first. */
  messages: Message[];
  unsent: UnsentMessage[];
  /** When waiting messages are sent again, in epoch milliseconds, if today's amount is used up. */
  sendsAgainAt: number | null;
  /** Whether there are earlier messages at the server. */
  more: boolean;
  /** `failed`: the messages may be incomplete; another request may help. */
  loading: 'no' | 'yes' | 'failed';
  typing: boolean;
}

/** Unread messages from one person. */
export interface UnreadView {
  userId: UserId;
  name: string;
  count: number;
}
