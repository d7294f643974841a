import * as z from 'zod';
import { displayNameSchema, usernameSchema } from './account.ts';
import { userIdSchema } from './ids.ts';

/** What others see of a person. `in-call` and `offline` are derived by the server. */
export const statusSchema = z.enum(['available', 'away', 'do-not-disturb', 'in-call', 'offline']);
export type Status = z.infer<typeof statusSchema>;

/** What a person may choose. */
export const chosenStatusSchema = z.enum(['available', 'away', 'do-not-disturb', 'appear-offline']);
export type ChosenStatus = z.infer<typeof chosenStatusSchema>;

/** A person as the other side of a call or a list shows them. */
export const personSchema = z.strictObject({
  userId: userIdSchema,
  username: usernameSchema,
  displayName: displayNameSchema,
});
export type Person = z.infer<typeof personSchema>;

/** One entry of the contact list. `v` orders the status: a lower one than known is stale. */
export const contactSchema = z.strictObject({
  ...personSchema.shape,
  status: statusSchema,
  v: z.int().nonnegative(),
});
export type Contact = z.infer<typeof contactSchema>;

/** A change of one person's status, sent only to those who may see it. */
export const presenceChangeSchema = z.strictObject({
  userId: userIdSchema,
  status: statusSchema,
  v: z.int().nonnegative(),
});
export type PresenceChange = z.infer<typeof presenceChangeSchema>;
