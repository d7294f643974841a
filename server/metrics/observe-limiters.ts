import type { CreateLimiter } from '../limits/limiter.ts';
import type { Metrics } from './metrics.ts';

/** Counts what each limit refuses, wherever its counters are kept. */
export const observeLimiters =
  (createLimiter: CreateLimiter, metrics: Pick<Metrics, 'rateLimited'>): CreateLimiter =>
  (name) => {
    const limiter = createLimiter(name);
    return {
      async take(key) {
        const wait = await limiter.take(key);
        if (wait !== null) metrics.rateLimited(name);
        return wait;
      },
      giveBack: (key) => limiter.giveBack(key),
      forget: (key) => limiter.forget(key),
    };
  };
