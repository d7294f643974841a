import { Refused } from '../refused.ts';
import type { Limiter } from './limiter.ts';

/**
 * Counts one more, or as many as it costs, and lets it pass.
 * @throws Refused `rate-limited`, with the seconds until the next one may pass
 */
export const admit = async (limiter: Limiter, key: string, cost?: number): Promise<void> => {
  const wait = await limiter.take(key, cost);
  if (wait !== null) throw new Refused('rate-limited', wait);
};
