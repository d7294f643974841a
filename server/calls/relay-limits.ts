import type { Sender } from '../sender.ts';
import { admit } from '../limits/admit.ts';
import type { CreateLimiter } from '../limits/limiter.ts';

/** What is answered with credentials for the relay without a call being placed, accepted or moved. */
interface Handlers<R, S, T, U> {
  'call:ice-servers': (from: Sender, payload: R) => Promise<S>;
  'call:test': (from: Sender, payload: T) => Promise<U>;
}

/** Bounds how often an account gets credentials for the relay that no new call comes with. */
export const limitRelayCredentials = <R, S, T extends { kind: string }, U>(
  handlers: Handlers<R, S, T, U>,
  createLimiter: CreateLimiter,
): Handlers<R, S, T, U> => {
  const credentials = createLimiter('relay-credentials:account');
  return {
    'call:ice-servers': async (from, payload) => {
      await admit(credentials, from.userId);
      return handlers['call:ice-servers'](from, payload);
    },
    'call:test': async (from, step) => {
      // The other requests pass as they are.
      if (step.kind === 'offer') await admit(credentials, from.userId);
      return handlers['call:test'](from, step);
    },
  };
};
