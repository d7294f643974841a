import type { MessageId, UserId } from '../../protocol/ids.ts';
import type { Message } from '../../protocol/chat/message.ts';
import type { ErrorCode } from '../../protocol/errors.ts';

/** A message that the server has not taken yet. `problem`: it was refused, and waits for the person. */
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
  /** When messages that wait go out again, in epoch milliseconds, where today's amount is used up. */
  sendsAgainAt: number | null;
  /** Whether there are earlier messages at the server. */
  more: boolean;
  /** `failed`: what is shown may not be all; asking again may help. */
  loading: 'no' | 'yes' | 'failed';
  typing: boolean;
}

/** Messages of somebody that are not read. */
export interface UnreadView {
  userId: UserId;
  name: string;
  count: number;
}
