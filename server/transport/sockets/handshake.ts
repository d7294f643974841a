import * as z from 'zod';
import type { Problem } from '../../../protocol/errors.ts';
import { handshakeSchema } from '../../../protocol/handshake.ts';
import { PROTOCOL_VERSION } from '../../../protocol/version.ts';
import type { Accounts } from '../../account/accounts.ts';
import type { FloodPauses } from './flood-pauses.ts';
import { Refused } from '../../refused.ts';
import type { SocketData } from './typed-io.ts';

/** What Socket.IO answers with `connect_error`; the client reads `data`. */
export class HandshakeRefused extends Error {
  override name = 'HandshakeRefused';
  readonly data: Problem;

  constructor({ code, retryAfter }: Pick<Refused, 'code' | 'retryAfter'>) {
    super(code);
    this.data = { code, ...(retryAfter !== undefined && { retryAfter }) };
  }
}

/** Read before the rest, which another version may shape differently. */
const versionSchema = z.object({ protocol: z.int().positive() });

/**
 * Lets a phone in, or says why not.
 * @param spoken the version this server speaks; another in tests only.
 * @throws Refused
 */
export const checkHandshake = async (
  auth: unknown,
  deps: {
    accounts: Pick<Accounts, 'authenticate'>;
    floods: Pick<FloodPauses, 'admit'>;
    isDraining: () => boolean;
  },
  spoken = PROTOCOL_VERSION,
): Promise<SocketData> => {
  const version = versionSchema.safeParse(auth);
  if (!version.success) throw new Refused('bad-request');
  if (version.data.protocol < spoken) throw new Refused('version-too-old');
  if (version.data.protocol > spoken) throw new Refused('version-too-new');
  const handshake = handshakeSchema.safeParse(auth);
  if (!handshake.success) throw new Refused('bad-request');
  if (deps.isDraining()) throw new Refused('unavailable');
  const { token, instanceId, callId, ended, idle = false } = handshake.data;
  const identity = await deps.accounts.authenticate(token);
  if (!identity) throw new Refused('unauthorized');
  await deps.floods.admit(identity);
  const { userId, sessionId } = identity;
  return { phone: { userId, sessionId, instanceId }, held: callId, ended, idle, unknownEvents: 0 };
};
