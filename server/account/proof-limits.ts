import type { Identity } from './accounts.ts';
import { admit } from '../limits/admit.ts';
import type { CreateLimiter } from '../limits/limiter.ts';

/**
 * Bounds how often somebody who is signed in is asked for the present password: a stolen token must not be
 * enough to guess it. Counted before the password is checked and not given back, because a right one costs a hash,
 * too.
 */
export interface ProofLimits {
  /** @throws Refused `rate-limited` */
  admit(identity: Identity): Promise<void>;
}

export const createProofLimits = (createLimiter: CreateLimiter): ProofLimits => {
  const bySession = createLimiter('proofs:session');
  const byAccount = createLimiter('proofs:account');
  return {
    async admit({ userId, sessionId }) {
      // The session first: one stolen token does not use up what the account's other devices may try.
      await admit(bySession, sessionId);
      await admit(byAccount, userId);
    },
  };
};
