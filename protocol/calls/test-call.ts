import * as z from 'zod';
import { iceServersSchema } from './call.ts';
import { sdpSchema, sdpWithoutCandidatesSchema } from './description.ts';
import { signalSchema } from './signal.ts';

/**
 * One step of a phone's call to itself, which tests the path of a real call. The server sends the step back
 * on the same connection and does nothing else: it locks nobody, rings nobody and shows nobody in a call.
 */
export const testStepSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('offer'), offer: sdpWithoutCandidatesSchema }),
  z.strictObject({ kind: z.literal('answer'), answer: sdpSchema }),
  /** `from`: the end that has sent it. */
  z.strictObject({ kind: z.literal('signal'), from: z.enum(['caller', 'callee']), signal: signalSchema }),
]);
export type TestStep = z.infer<typeof testStepSchema>;

/** `iceServers`: with the offer only, as for a real call. */
export const testTakenSchema = z.strictObject({ iceServers: iceServersSchema.optional() });
export type TestTaken = z.infer<typeof testTakenSchema>;
