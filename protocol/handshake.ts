import * as z from 'zod';
import { tokenSchema } from './account/account.ts';
import { endSchema } from './calls/call.ts';
import { callIdSchema, instanceIdSchema } from './ids.ts';

/** What a phone sends as Socket.IO's `auth` when it opens its connection. */
export const handshakeSchema = z.strictObject({
  protocol: z.int().positive(),
  token: tokenSchema,
  instanceId: instanceIdSchema,
  /** The call this phone holds. A call the server has on record for it and that it no longer holds is ended. */
  callId: callIdSchema.optional(),
  /** The end of a call that this phone has told and the server has not acknowledged. */
  ended: endSchema.optional(),
  /** Nobody uses this device right now. Missing: somebody does, or it cannot tell. */
  idle: z.boolean().optional(),
});
export type Handshake = z.infer<typeof handshakeSchema>;
