import type { UserId } from '../../protocol/ids.ts';
import { admit } from '../limits/admit.ts';
import type { CreateLimiter, Limiter } from '../limits/limiter.ts';

/** Who tries to sign in, as far as can be known before the password is checked. */
export interface Attempt {
  /** As it was typed: whether there is such an account makes no difference. */
  username: string;
  address: string;
  /** The account and its device, when one that the account knows asks. */
  known: { userId: UserId; deviceHash: string } | null;
}

/**
 * Bounds guessing of passwords. Strangers to an account share one counter for
 * it and one for their address; a device that signed in before has a counter of
 * its own and neither of theirs, so that nobody can lock anybody out of a
 * browser they use (the idea of OWASP's "device cookies").
 */
export interface SignInLimits {
  /**
   * Counts an attempt before its password is checked, so that many at once are counted too.
   * @returns what takes it back, when the password was right.
   * @throws Refused `rate-limited`
   */
  admit(attempt: Attempt): Promise<() => Promise<void>>;
}

export const createSignInLimits = (createLimiter: CreateLimiter): SignInLimits => {
  const [byAccount, byDevice, byAddress] = [
    createLimiter('sign-in:account'),
    createLimiter('sign-in:device'),
    createLimiter('sign-in:address'),
  ];
  const countersOf = ({ username, address, known }: Attempt): [Limiter, string][] =>
    known
      ? [[byDevice, `${known.userId} ${known.deviceHash}`]]
      : [
          // The address first: one that floods does not use up the account's attempts.
          [byAddress, address],
          [byAccount, username],
        ];
  return {
    async admit(attempt) {
      const counters = countersOf(attempt);
      for (const [limiter, key] of counters) await admit(limiter, key);
      return async () => {
        for (const [limiter, key] of counters) await limiter.giveBack(key);
      };
    },
  };
};
