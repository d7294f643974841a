import type { Sender } from '../sender.ts';
import { admit } from '../limits/admit.ts';
import type { CreateLimiter } from '../limits/limiter.ts';

/** The requests that bring relay credentials although no call is placed, accepted or handed over. */
interface Handlers<R, S, T, U> {
  'call:ice-servers': (from: Sender, payload: R) => Promise<S>;
  'call:test': (from: Sender, payload: T) => Promise<U>;
}

/** Bounds how often an account gets relay credentials without a new call. */
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
      // The other steps bring no credentials.
      if (step.kind === 'offer') await admit(credentials, from.userId);
      return handlers['call:test'](from, step);
    },
  };
};
