import * as z from 'zod';

/** Chooses whether the addresses of the person's devices stay hidden in calls. */
export const privacyChoiceSchema = z.strictObject({ hideAddress: z.boolean() });
export type PrivacyChoice = z.infer<typeof privacyChoiceSchema>;

/**
 * The person's own choice, sent to all their devices, and the server's relay (TURN). With `none` there is no
 * relay, so that nobody's address can be hidden; with `always` the server hides everybody's.
 */
export const privacySchema = z.strictObject({
  ...privacyChoiceSchema.shape,
  relay: z.enum(['none', 'available', 'always']),
});
export type Privacy = z.infer<typeof privacySchema>;
