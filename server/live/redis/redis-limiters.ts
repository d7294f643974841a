import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import { createLimiters } from '../../limits/create-limiters.ts';
import type { CreateLimiter } from '../../limits/limiter.ts';
import type { RateName } from '../../limits/rates.ts';

/** The limits of a phone are counted at the node that it is connected to: no other node sees its events. */
const isCountedPerNode = (name: RateName): boolean =>
  name.startsWith('everything:') || name === 'refusals:session' || name.endsWith(':call');

/**
 * Counters that all nodes share; while Redis is away, each node counts alone.
 * @param prefix of the keys in Redis.
 * @param secret the same on every node.
 */
export const createRedisLimiters = (
  redis: Redis,
  { prefix, secret, factor }: { prefix: string; secret: Uint8Array; factor: number },
): CreateLimiter =>
  createLimiters(factor, secret, ({ name, part, points, duration }) => {
    const memory = new RateLimiterMemory({ points, duration });
    if (isCountedPerNode(name)) return memory;
    return new RateLimiterRedis({
      storeClient: redis,
      keyPrefix: `${prefix}${name}:${part}`,
      points,
      duration,
      insuranceLimiter: memory,
      rejectIfRedisNotReady: true,
    });
  });
