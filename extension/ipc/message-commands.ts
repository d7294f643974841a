import type { CallId, MessageId, UserId } from '../../protocol/ids.ts';
import type { FoundMessage, MessagePosition } from '../../protocol/chat/message.ts';
import type { CommandResult } from './command-result.ts';

/** Requests to the phone about text messages. */
export interface MessageCommands {
  /** A view shows the conversation with somebody. `draft`: text that was typed there and not sent. */
  'open-conversation'(payload: { userId: UserId }): Promise<CommandResult<{ draft: string }>>;
  /** The popup shows this conversation when it opens. */
  'want-conversation'(payload: { userId: UserId }): Promise<CommandResult>;
  'earlier-messages'(payload: { userId: UserId }): Promise<CommandResult>;
  /** What was typed to somebody and not sent. */
  'read-draft'(payload: { userId: UserId }): Promise<CommandResult<{ draft: string }>>;
  /** `hidden`: the other is not told that this person types. */
  'keep-draft'(payload: { userId: UserId; text: string; hidden?: boolean }): Promise<CommandResult>;
  /** Answered once the phone has the message, which it sends as soon as it is connected. */
  'send-message'(payload: { userId: UserId; text: string }): Promise<CommandResult>;
  'retry-message'(payload: { id: MessageId }): Promise<CommandResult>;
  'discard-message'(payload: { id: MessageId }): Promise<CommandResult>;
  /** The person has seen somebody's messages up to a time. */
  'read-messages'(payload: MessagePosition): Promise<CommandResult>;
  'search-messages'(payload: {
    query: string;
  }): Promise<CommandResult<{ found: FoundMessage[]; more: boolean }>>;
  /** The person dismissed the notification of somebody's messages up to a time. */
  'dismiss-message-notice'(payload: MessagePosition): Promise<CommandResult>;
  /** How much signing out would lose: messages that are not sent, and drafts. */
  'count-unsent'(payload: object): Promise<CommandResult<{ messages: number; drafts: number }>>;
  'decline-with-message'(payload: { callId: CallId; text: string }): Promise<CommandResult>;
}
