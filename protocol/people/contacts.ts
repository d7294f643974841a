import * as z from 'zod';
import { usernameSchema } from '../account/account.ts';
import { userIdSchema } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { cleanLine } from '../one-line.ts';
import { personSchema } from '../presence/presence.ts';

/** Whose list shows whom: everybody everybody, or people those who agreed to it. */
export const directoryModeSchema = z.enum(['everyone', 'contacts']);
export type DirectoryMode = z.infer<typeof directoryModeSchema>;

/** One person, by id, of whom something is asked or told. */
export const personRefSchema = z.strictObject({ userId: userIdSchema });
export type PersonRef = z.infer<typeof personRefSchema>;

/** Somebody asked for by their exact username, who may not exist. */
export const usernameRefSchema = z.strictObject({ username: usernameSchema });
export type UsernameRef = z.infer<typeof usernameRefSchema>;

/** Somebody whom this person has blocked, as their own devices show them. */
export const blockedSchema = personSchema;

/**
 * A personal invite code: five groups of four from an alphabet without the
 * letters that are taken for others (Crockford's base 32), 100 random bits.
 */
export const contactCodeSchema = z
  .string()
  .max(64, { abort: true })
  .overwrite(cleanLine)
  .toUpperCase()
  .regex(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/);

export const codeRefSchema = z.strictObject({ code: contactCodeSchema });
export type CodeRef = z.infer<typeof codeRefSchema>;

/** How long a personal invite code is good for, and how often; its text is told once, when it is made. */
const codeStateSchema = z.strictObject({
  /** Epoch milliseconds. */
  expiresAt: z.int().positive(),
  uses: z.int().positive(),
});

export const madeCodeSchema = z.strictObject({ code: contactCodeSchema, ...codeStateSchema.shape });
export type MadeCode = z.infer<typeof madeCodeSchema>;

/** What waits for an answer, and the invite code that is out; told to one's own devices. Newest first. */
export const pendingSchema = z.strictObject({
  incoming: z
    .array(z.strictObject({ ...personSchema.shape, at: z.int().nonnegative() }))
    .max(LIMITS.requests),
  /** By the name that was asked for; nothing tells whether anybody has it. */
  outgoing: z
    .array(z.strictObject({ ...usernameRefSchema.shape, at: z.int().nonnegative() }))
    .max(LIMITS.requests),
  code: codeStateSchema.nullable(),
});
export type Pending = z.infer<typeof pendingSchema>;
