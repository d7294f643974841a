import * as z from 'zod';
import { endReasonSchema, mediaSchema } from '../calls/call.ts';
import { callIdSchema } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { personSchema } from '../presence/presence.ts';

/** Who placed a call, seen from the person whose history it is. */
export const directionSchema = z.enum(['outgoing', 'incoming']);
export type Direction = z.infer<typeof directionSchema>;

/** One call in one person's history. */
export const historyEntrySchema = z.strictObject({
  callId: callIdSchema,
  /** The other person, by today's name; null: their account is deleted. */
  person: personSchema.nullable(),
  direction: directionSchema,
  media: mediaSchema,
  reason: endReasonSchema,
  /** Epoch milliseconds by the server's clock. */
  placedAt: z.int().nonnegative(),
  /** Milliseconds from connected to ended; null: it never connected. */
  duration: z.int().nonnegative().nullable(),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

/** Marks a place in somebody's history; opaque to phones. */
export const historyCursorSchema = z
  .string()
  .max(64)
  .regex(/^[\w.-]+$/);
export type HistoryCursor = z.infer<typeof historyCursorSchema>;

/** Asks for entries older than `before`, or for the newest. */
export const historyQuerySchema = z.strictObject({
  before: historyCursorSchema.optional(),
  limit: z.int().min(1).max(LIMITS.historyPage),
});
export type HistoryQuery = z.infer<typeof historyQuerySchema>;

/** Entries, newest first; `next` asks for those after them, null: there are none. */
export const historyPageSchema = z.strictObject({
  entries: z.array(historyEntrySchema).max(LIMITS.historyPage),
  next: historyCursorSchema.nullable(),
});
export type HistoryPage = z.infer<typeof historyPageSchema>;

/** Calls that this person has missed and not yet looked at on any device. */
export const missedSchema = z.strictObject({
  count: z.int().nonnegative(),
  latest: historyEntrySchema.nullable(),
});
export type Missed = z.infer<typeof missedSchema>;

/** Something in a person's history is new, seen or gone: pages already read are out of date. */
export const historyChangedSchema = z.strictObject({ missed: missedSchema });
