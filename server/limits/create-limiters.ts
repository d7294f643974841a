import { createHmac, createSecretKey } from 'node:crypto';
import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { CreateLimiter, Limiter } from './limiter.ts';
import { RATES, type Rate, type RateName } from './rates.ts';

/** No wait is longer, in seconds: a person who comes back from a coffee may try again. */
const LONGEST_WAIT = 900;
/** How long a wait is remembered that the next one is longer than, in seconds. */
const STRIKES_LAST = 3600;
/** Counters that a limit which anybody can feed keeps at most; about 5 MB when all are in use. */
const SLOTS = 16_384;

/** What a counter counts, and how far. */
export interface CounterOptions {
  readonly name: RateName;
  /** What is counted of it. */
  readonly part: 'attempts' | 'strikes';
  readonly points: number;
  /** Seconds. */
  readonly duration: number;
}

/**
 * The limits of the table, each with a counter from `createCounter`.
 * @param factor multiplies how many each limit allows.
 * @param secret keys the counters of values that anybody can choose, so that nobody can find two that collide.
 */
export const createLimiters = (
  factor: number,
  secret: Uint8Array,
  createCounter: (options: CounterOptions) => RateLimiterAbstract,
): CreateLimiter => {
  // Made once, since each use would repeat it.
  const secretKey = createSecretKey(secret);
  const slotOf = (key: string): string =>
    String(createHmac('sha256', secretKey).update(key).digest().readUInt32BE() % SLOTS);

  const create = (name: RateName, ownCount: number | undefined): Limiter => {
    const { count, seconds, grows, byAnyone }: Rate = RATES[name];
    const points = ownCount ?? count * factor;
    const attempts = createCounter({ name, part: 'attempts', points, duration: seconds });
    const strikes = createCounter({ name, part: 'strikes', points: 1, duration: STRIKES_LAST });
    const counterOf = byAnyone ? slotOf : (key: string): string => key;

    const refuse = async (counter: string, over: RateLimiterRes): Promise<number> => {
      if (!grows || over.consumedPoints !== points + 1) return Math.ceil(over.msBeforeNext / 1000);
      const { consumedPoints } = await strikes.penalty(counter);
      const wait = Math.min(seconds * 2 ** (consumedPoints - 1), LONGEST_WAIT);
      await attempts.block(counter, wait);
      return wait;
    };

    return {
      async take(key, cost = 1) {
        const counter = counterOf(key);
        try {
          await attempts.consume(counter, cost);
          return null;
        } catch (over) {
          if (over instanceof RateLimiterRes) return refuse(counter, over);
          throw over;
        }
      },
      async peek(key) {
        const counted = await attempts.get(counterOf(key));
        return counted && counted.consumedPoints > points ? Math.ceil(counted.msBeforeNext / 1000) : null;
      },
      async giveBack(key) {
        await attempts.reward(counterOf(key));
      },
      async forget(key) {
        await attempts.delete(counterOf(key));
      },
    };
  };

  const limiters = new Map<RateName, Limiter>();
  return (name, ownCount) => {
    const limiter = limiters.get(name) ?? create(name, ownCount);
    limiters.set(name, limiter);
    return limiter;
  };
};
