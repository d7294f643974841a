import type { UserId } from '../../protocol/ids.ts';
import { Refused } from '../refused.ts';
import type { CreateLimiter } from './limiter.ts';

/** Bounds how often people change what others are shown of them. @throws Refused `rate-limited` */
export type AdmitProfileChange = (userId: UserId) => Promise<void>;

export const createProfileLimits = (createLimiter: CreateLimiter): AdmitProfileChange => {
  const changes = createLimiter('profile:account');
  return async (userId) => {
    const wait = await changes.take(userId);
    if (wait !== null) throw new Refused('rate-limited', wait);
  };
};
