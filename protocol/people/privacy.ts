import * as z from 'zod';

/** Chooses whether the addresses of one's devices stay hidden from the people one talks to. */
export const privacyChoiceSchema = z.strictObject({ hideAddress: z.boolean() });
export type PrivacyChoice = z.infer<typeof privacyChoiceSchema>;

/**
 * One's own choice, for all one's devices, and what the server makes of it: with `relay` `none` it has no relay
 * (TURN), so that nobody's address can be hidden; with `always` it hides everybody's.
 */
export const privacySchema = z.strictObject({
  ...privacyChoiceSchema.shape,
  relay: z.enum(['none', 'available', 'always']),
});
export type Privacy = z.infer<typeof privacySchema>;
