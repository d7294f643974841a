import * as z from 'zod';
import { endReasonSchema, mediaSchema } from '../calls/call.ts';
import { callIdSchema } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { personSchema } from '../presence/presence.ts';

/** Whether the history's owner placed the call or received it. */
export const directionSchema = z.enum(['outgoing', 'incoming']);
export type Direction = z.infer<typeof directionSchema>;

/** One call in one person's history. */
export const historyEntrySchema = z.strictObject({
  callId: callIdSchema,
  /** The other person, by the name that the owner sees now; null: the account is deleted. */
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

/** Marks a position in somebody's history; opaque to phones. */
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

/** Entries, newest first. `next` is the cursor for the following page; null: there is none. */
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

/** An entry of the person's history was added, seen or deleted: pages already read are out of date. */
export const historyChangedSchema = z.strictObject({ missed: missedSchema });
