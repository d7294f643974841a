import { randomBytes } from 'node:crypto';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { createLimiters } from '../../limits/create-limiters.ts';
import type { CreateLimiter } from '../../limits/limiter.ts';

/**
 * Counters in this process's memory.
 * @param factor multiplies how many each limit allows.
 */
export const createMemoryLimiters = (factor: number): CreateLimiter =>
  createLimiters(
    factor,
    randomBytes(16),
    ({ points, duration }) => new RateLimiterMemory({ points, duration }),
  );
