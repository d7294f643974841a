import * as z from 'zod';
import { messageIdSchema, userIdSchema } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { isMessageText, toMessageText } from './message-text.ts';

/**
 * 1 to `messageLength` code points, NFC, trimmed, with a visible character; no control characters except tab
 * and newline.
 */
export const messageTextSchema = z
  .string()
  .max(LIMITS.messageLength * 2)
  .refine((text) => isMessageText(text) && toMessageText(text) === text);

/**
 * When the server accepted a message, in epoch milliseconds. Each message of a conversation has a different
 * time, so that it also defines their order; gaps mean nothing.
 */
const messageTimeSchema = z.int().positive();

/** How far a message has got, in this order, as far as the reader of the mark may know. */
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

/** A position in somebody's messages: everything up to this time. */
export const messagePositionSchema = z.strictObject({ userId: userIdSchema, at: messageTimeSchema });
export type MessagePosition = z.infer<typeof messagePositionSchema>;

export const messagesDeliveredSchema = z.strictObject({
  upTo: z.array(messagePositionSchema).min(1).max(LIMITS.unreadConversations),
});

/** Only the other person of a conversation. */
export const conversationRefSchema = z.strictObject({ userId: userIdSchema });

export const messageSearchSchema = z.strictObject({ query: z.string().max(LIMITS.searchLength * 2) });

/** A message, and the other person of its conversation. */
export const foundMessageSchema = z.strictObject({ userId: userIdSchema, message: messageSchema });
export type FoundMessage = z.infer<typeof foundMessageSchema>;

/** A search's results, newest first. `more`: there are earlier ones. */
export const messageSearchResultSchema = z.strictObject({
  found: z.array(foundMessageSchema).max(LIMITS.messagesPerPage),
  more: z.boolean(),
});

/** The number of unread messages from somebody, and when the newest of them came. */
export const unreadSchema = z.strictObject({
  userId: userIdSchema,
  count: z.int().min(1).max(LIMITS.unreadCount),
  at: messageTimeSchema,
});
export type Unread = z.infer<typeof unreadSchema>;

export const unreadListSchema = z.array(unreadSchema).max(LIMITS.unreadConversations);

/** The other person's phones have received or shown messages of this person. */
export const messageMarksSchema = z.strictObject({
  userId: userIdSchema,
  mark: markSchema.exclude(['sent']),
  ids: z.array(messageIdSchema).min(1).max(LIMITS.messagesPerPage),
});
export type MessageMarks = z.infer<typeof messageMarksSchema>;
