import * as z from 'zod';
import { usernameSchema } from '../account/account.ts';
import { userIdSchema } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { cleanLine } from '../one-line.ts';
import { personSchema } from '../presence/presence.ts';

/** Whether everybody sees everybody, or only people who have agreed to be contacts. */
export const directoryModeSchema = z.enum(['everyone', 'contacts']);
export type DirectoryMode = z.infer<typeof directoryModeSchema>;

/** One person, by id. */
export const personRefSchema = z.strictObject({ userId: userIdSchema });
export type PersonRef = z.infer<typeof personRefSchema>;

/** A person by exact username, who may not exist. */
export const usernameRefSchema = z.strictObject({ username: usernameSchema });
export type UsernameRef = z.infer<typeof usernameRefSchema>;

/** Somebody whom this person has blocked, as their own devices show them. */
export const blockedSchema = personSchema;

/**
 * A personal invite code: 100 random bits in five groups of four letters, from an alphabet without letters
 * that are easily confused (Crockford's base 32).
 */
const contactCodeSchema = z
  .string()
  .max(64, { abort: true })
  .overwrite(cleanLine)
  .toUpperCase()
  .regex(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/);

export const codeRefSchema = z.strictObject({ code: contactCodeSchema });
export type CodeRef = z.infer<typeof codeRefSchema>;

/**
 * How long, and for how many people, a personal invite code is valid. Its text is sent only once, when it is
 * made.
 */
const codeStateSchema = z.strictObject({
  /** Epoch milliseconds. */
  expiresAt: z.int().positive(),
  uses: z.int().positive(),
});

export const madeCodeSchema = z.strictObject({ code: contactCodeSchema, ...codeStateSchema.shape });
export type MadeCode = z.infer<typeof madeCodeSchema>;

/**
 * The open contact requests, newest first, and the valid invite code; sent only to the person's own devices.
 */
export const pendingSchema = z.strictObject({
  incoming: z
    .array(z.strictObject({ ...personSchema.shape, at: z.int().nonnegative() }))
    .max(LIMITS.requests),
  /** By the requested name; nothing reveals whether anybody has it. */
  outgoing: z
    .array(z.strictObject({ ...usernameRefSchema.shape, at: z.int().nonnegative() }))
    .max(LIMITS.requests),
  code: codeStateSchema.nullable(),
});
export type Pending = z.infer<typeof pendingSchema>;
