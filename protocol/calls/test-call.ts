import * as z from 'zod';
import { iceServersSchema } from './call.ts';
import { sdpSchema, sdpWithoutCandidatesSchema } from './description.ts';
import { signalSchema } from './signal.ts';

/**
 * One step of a phone's call to itself, which tries the way a real call takes.
 * The server sends it back to the connection it came from and does nothing else:
 * nobody is locked, rung or shown in a call.
 */
export const testStepSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('offer'), offer: sdpWithoutCandidatesSchema }),
  z.strictObject({ kind: z.literal('answer'), answer: sdpSchema }),
  /** `from`: which of the two ends has sent it. */
  z.strictObject({ kind: z.literal('signal'), from: z.enum(['caller', 'callee']), signal: signalSchema }),
]);
export type TestStep = z.infer<typeof testStepSchema>;

/** `iceServers`: with the offer only, as for a real call. */
export const testTakenSchema = z.strictObject({ iceServers: iceServersSchema.optional() });
export type TestTaken = z.infer<typeof testTakenSchema>;
