import type { Caller } from '../calls/call-record.ts';
import type { UserId } from '../../protocol/ids.ts';
import { Refused } from '../refused.ts';
import type { CreateLimiter } from './limiter.ts';

/** Ends the connections of those who go on sending what is refused, and keeps them out for a while. */
export interface FloodPauses {
  /** Counts a refusal; whether it is one too many, so that the phone is to be disconnected. */
  refused(phone: Caller): Promise<boolean>;
  /** @throws Refused `rate-limited` while the person's phones are kept out */
  admit(userId: UserId): Promise<void>;
}

/**
 * A pause is the account's, not the session's: signing in anew does not end it. Connections of its other devices
 * stay.
 */
export const createFloodPauses = (createLimiter: CreateLimiter): FloodPauses => {
  const refusals = createLimiter('refusals:session');
  const floods = createLimiter('floods:account');
  return {
    async refused({ userId, sessionId }) {
      if ((await refusals.take(sessionId)) === null) return false;
      await refusals.forget(sessionId);
      await floods.take(userId);
      return true;
    },
    async admit(userId) {
      const wait = await floods.ask(userId);
      if (wait !== null) throw new Refused('rate-limited', wait);
    },
  };
};
