import type { CreateLimiter } from '../../limits/limiter.ts';
import type { Metrics } from './metrics.ts';

/** Counts what each limit refuses, wherever its counters are kept. */
export const observeLimiters =
  (createLimiter: CreateLimiter, metrics: Pick<Metrics, 'rateLimited'>): CreateLimiter =>
  (name, count) => {
    const limiter = createLimiter(name, count);
    return {
      async take(key, cost) {
        const wait = await limiter.take(key, cost);
        if (wait !== null) metrics.rateLimited(name);
        return wait;
      },
      peek: (key) => limiter.peek(key),
      giveBack: (key) => limiter.giveBack(key),
      forget: (key) => limiter.forget(key),
    };
  };
