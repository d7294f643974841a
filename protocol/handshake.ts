import * as z from 'zod';
import { tokenSchema } from './account/account.ts';
import { endSchema } from './calls/call.ts';
import { callIdSchema, instanceIdSchema } from './ids.ts';

/** What a phone sends as Socket.IO's `auth` when it opens its connection. */
export const handshakeSchema = z.strictObject({
  protocol: z.int().positive(),
  token: tokenSchema,
  instanceId: instanceIdSchema,
  /** The call that this phone holds. The server ends any other call that it has on record for this phone. */
  callId: callIdSchema.optional(),
  /** The end of a call that this phone has reported and the server has not acknowledged. */
  ended: endSchema.optional(),
  /** Whether nobody uses this device now. Missing: somebody does, or the phone cannot tell. */
  idle: z.boolean().optional(),
});
export type Handshake = z.infer<typeof handshakeSchema>;
