import type { SignedInIdentity } from '../../account/accounts.ts';
import type { Sender } from '../../sender.ts';
import type { Clock } from '../../clock.ts';
import { Refused } from '../../refused.ts';
import type { CreateLimiter } from '../../limits/limiter.ts';

/** Ends the connections of those who go on sending what is refused, and keeps them out for a while. */
export interface FloodPauses {
  /** Counts a refusal, and returns whether it is one too many, so that the phone must be disconnected. */
  refused(phone: Sender): Promise<boolean>;
  /** @throws Refused `rate-limited` while this sign-in is kept out */
  admit(identity: SignedInIdentity): Promise<void>;
}

/** A sign-in this old was not made to get around a pause, in milliseconds. */
const SETTLED = 3_600_000;

/**
 * A pause keeps out the sign-in that flooded and every one that is younger than an hour: signing in anew does not end
 * it. Older ones are not paused: a stolen token cannot lock its owner out of the other browsers.
 */
export const createFloodPauses = (createLimiter: CreateLimiter, clock: Pick<Clock, 'now'>): FloodPauses => {
  const refusals = createLimiter('refusals:session');
  const bySession = createLimiter('floods:session');
  const byAccount = createLimiter('floods:account');
  return {
    async refused({ userId, sessionId }) {
      if ((await refusals.take(sessionId)) === null) return false;
      await refusals.forget(sessionId);
      await Promise.all([bySession.take(sessionId), byAccount.take(userId)]);
      return true;
    },
    async admit({ userId, sessionId, signedInAt }) {
      const isSettled = clock.now() - signedInAt >= SETTLED;
      const wait = (await bySession.peek(sessionId)) ?? (isSettled ? null : await byAccount.peek(userId));
      if (wait !== null) throw new Refused('rate-limited', wait);
    },
  };
};
