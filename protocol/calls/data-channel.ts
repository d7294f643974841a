import * as z from 'zod';
import { endCauseSchema } from './call.ts';
import { signalSchema } from './signal.ts';

/** Label and id of the one negotiated data channel (RFC 8831: both sides open it with the same id). */
export const DATA_CHANNEL = { label: 'call', id: 0 } as const;

/**
 * What the two phones of a call tell each other directly, as JSON text. A phone sends `state` when the
 * channel opens and at each change, `heartbeat` every second, and `reconnecting` when it stops receiving
 * packets (`on`) and when it receives them again.
 */
export const peerMessageSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('heartbeat') }),
  z.strictObject({
    kind: z.literal('state'),
    microphone: z.boolean(),
    camera: z.boolean(),
    screen: z.boolean(),
    /** The camera is on, but the network cannot carry its picture for now. Missing: no. */
    resting: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('signal'), signal: signalSchema }),
  z.strictObject({ kind: z.literal('reconnecting'), on: z.boolean() }),
  /** `cause`: why the call ends although nobody hung up, as in `call:end`. */
  z.strictObject({ kind: z.literal('hang-up'), cause: endCauseSchema.optional() }),
]);
export type PeerMessage = z.infer<typeof peerMessageSchema>;
