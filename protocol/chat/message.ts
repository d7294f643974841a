import * as z from 'zod';
import { messageIdSchema, userIdSchema } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { isMessageText, toMessageText } from './message-text.ts';

/** 1 to `messageLength` code points, NFC, trimmed, with something visible; no control characters but tab and newline. */
export const messageTextSchema = z
  .string()
  .max(LIMITS.messageLength * 2)
  .refine((text) => isMessageText(text) && toMessageText(text) === text);

/**
 * When the server took a message, in epoch milliseconds. No two messages of a conversation share one,
 * so that it orders them too; gaps mean nothing.
 */
const messageTimeSchema = z.int().positive();

/** How far a message has come, in this order, as far as the one who asks may know. */
export const MARKS = ['sent', 'delivered', 'read'] as const;
export const markSchema = z.enum(MARKS);
export type Mark = z.infer<typeof markSchema>;

/** One message of a conversation. */
export const messageSchema = z.strictObject({
  id: messageIdSchema,
  from: userIdSchema,
  at: messageTimeSchema,
  text: messageTextSchema,
  mark: markSchema,
});
export type Message = z.infer<typeof messageSchema>;

export const sendMessageSchema = z.strictObject({
  id: messageIdSchema,
  to: userIdSchema,
  text: messageTextSchema,
});

export const messageTakenSchema = z.strictObject({ at: messageTimeSchema });

/** Asks for the newest messages of the conversation with somebody, or for those before a time. */
export const messagePageSchema = z.strictObject({
  userId: userIdSchema,
  before: messageTimeSchema.optional(),
});

const messagesSchema = z.array(messageSchema).max(LIMITS.messagesPerPage);

/** A page, oldest first. `more`: there are earlier ones. */
export const messagesFoundSchema = z.strictObject({ messages: messagesSchema, more: z.boolean() });

/** Up to which of somebody's messages something holds. */
export const messagePositionSchema = z.strictObject({ userId: userIdSchema, at: messageTimeSchema });
export type MessagePosition = z.infer<typeof messagePositionSchema>;

export const messagesDeliveredSchema = z.strictObject({
  upTo: z.array(messagePositionSchema).min(1).max(LIMITS.unreadConversations),
});

/** Somebody's name for the other side of a conversation, and nothing else. */
export const conversationRefSchema = z.strictObject({ userId: userIdSchema });

export const messageSearchSchema = z.strictObject({ query: z.string().max(LIMITS.searchLength * 2) });

/** A message and with whom it was exchanged. */
export const foundMessageSchema = z.strictObject({ userId: userIdSchema, message: messageSchema });
export type FoundMessage = z.infer<typeof foundMessageSchema>;

/** What a search found, newest first. `more`: there are earlier ones. */
export const messageSearchResultSchema = z.strictObject({
  found: z.array(foundMessageSchema).max(LIMITS.messagesPerPage),
  more: z.boolean(),
});

/** How many messages of somebody are unread, and when the newest of them came. */
export const unreadSchema = z.strictObject({
  userId: userIdSchema,
  count: z.int().min(1).max(LIMITS.unreadCount),
  at: messageTimeSchema,
});
export type Unread = z.infer<typeof unreadSchema>;

export const unreadListSchema = z.array(unreadSchema).max(LIMITS.unreadConversations);

/** Somebody's phones got or showed messages of mine. */
export const messageMarksSchema = z.strictObject({
  userId: userIdSchema,
  mark: markSchema.exclude(['sent']),
  ids: z.array(messageIdSchema).min(1).max(LIMITS.messagesPerPage),
});
export type MessageMarks = z.infer<typeof messageMarksSchema>;
