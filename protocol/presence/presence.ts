import * as z from 'zod';
import { toldNameSchema, usernameSchema } from '../account/account.ts';
import { userIdSchema } from '../ids.ts';
import { LIMITS, TIMES } from '../limits.ts';
import { toldLineSchema, typedLineSchema } from '../line-schema.ts';
import { pictureHashSchema } from '../people/picture.ts';

/** What others see of a person. `in-call` and `offline` are derived by the server. */
export const statusSchema = z.enum(['available', 'away', 'do-not-disturb', 'in-call', 'offline']);
export type Status = z.infer<typeof statusSchema>;

/** What a person may choose. */
export const chosenStatusSchema = z.enum(['available', 'away', 'do-not-disturb', 'appear-offline']);
export type ChosenStatus = z.infer<typeof chosenStatusSchema>;

/** A person as the other side of a call or a contact list shows them. */
export const personSchema = z.strictObject({
  userId: userIdSchema,
  username: usernameSchema,
  displayName: toldNameSchema,
  /** Missing: no picture. */
  picture: pictureHashSchema.optional(),
});
export type Person = z.infer<typeof personSchema>;

/** The text beside a person's status, as the server sends it. */
const toldTextSchema = toldLineSchema(LIMITS.statusTextLength);

/** What somebody sees of another person's presence. A `v` lower than the last is stale. */
const seenShape = {
  status: statusSchema,
  /** Only while the person is not offline. */
  text: toldTextSchema.optional(),
  /** When an offline person was last there, in epoch milliseconds; only if the person lets others see it. */
  lastSeen: z.int().nonnegative().optional(),
  v: z.int().nonnegative(),
};

/** One entry of the contact list. */
export const contactSchema = z.strictObject({ ...personSchema.shape, ...seenShape });
export type Contact = z.infer<typeof contactSchema>;

/**
 * A change of one person's presence, sent only to people who may see it. It replaces everything known before.
 */
export const presenceChangeSchema = z.strictObject({ userId: userIdSchema, ...seenShape });
export type PresenceChange = z.infer<typeof presenceChangeSchema>;

/** Milliseconds from now until something ends by itself, so that clocks need not agree. */
const endsInSchema = z.int().positive().max(TIMES.statusEndsMax);

/** Chooses a status. Only "do not disturb" can end by itself, with `endsIn`. */
export const statusChoiceSchema = z
  .strictObject({ status: chosenStatusSchema, endsIn: endsInSchema.optional() })
  .refine(({ status, endsIn }) => endsIn === undefined || status === 'do-not-disturb');
export type StatusChoice = z.infer<typeof statusChoiceSchema>;

/** Sets the text beside the status, or removes it. */
export const textChoiceSchema = z
  .strictObject({
    text: typedLineSchema(LIMITS.statusTextLength).nullable(),
    endsIn: endsInSchema.optional(),
  })
  .refine(({ text, endsIn }) => endsIn === undefined || text !== null);
export type TextChoice = z.infer<typeof textChoiceSchema>;

/** Whether contacts may see when the person was last there. */
export const lastSeenChoiceSchema = z.strictObject({ shown: z.boolean() });
export type LastSeenChoice = z.infer<typeof lastSeenChoiceSchema>;

/** Whether nobody uses a device, or its screen is locked. */
export const idleSchema = z.strictObject({ idle: z.boolean() });
export type Idle = z.infer<typeof idleSchema>;

const untilSchema = z.int().nonnegative().nullable();

/**
 * The person's own presence, as all their devices show it. Times are epoch milliseconds by the server's
 * clock; null: no end.
 */
export const ownPresenceSchema = z.strictObject({
  status: chosenStatusSchema,
  /** When "do not disturb" ends by itself. */
  until: untilSchema,
  text: z.strictObject({ text: toldTextSchema, until: untilSchema }).nullable(),
  lastSeenShown: z.boolean(),
});
export type OwnPresence = z.infer<typeof ownPresenceSchema>;
