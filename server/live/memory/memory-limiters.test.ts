import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Limiter } from '../../limits/limiter.ts';
import { createMemoryLimiters } from './memory-limiters.ts';
import { RATES, type RateName } from '../../limits/rates.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Takes as many as the limit allows, and returns their number. */
const exhaust = async (limiter: Limiter, key: string): Promise<number> => {
  let taken = 0;
  while ((await limiter.take(key)) === null) taken += 1;
  return taken;
};

const pass = (seconds: number): void => {
  vi.advanceTimersByTime(seconds * 1000);
};

describe('counters in memory', () => {
  it.each((Object.keys(RATES) as RateName[]).filter((name) => RATES[name].count > 0))(
    'allow as many of %s as the table says',
    async (name) => {
      const limiter = createMemoryLimiters(1)(name);
      const { count, seconds } = RATES[name];
      expect(await exhaust(limiter, 'ada')).toBe(count);
      expect(await limiter.take('ada')).toBe(seconds);
      expect(await limiter.take('bob')).toBeNull();
      pass(seconds);
      expect(await limiter.take('ada')).toBeNull();
    },
  );

  it('let a consumer over a growing limit wait longer each time, and can be read without counting', async () => {
    const limiter = createMemoryLimiters(1)('floods:account');
    for (const wait of [60, 120, 240]) {
      expect(await limiter.peek('ada')).toBeNull();
      expect(await limiter.take('ada')).toBe(wait);
      expect(await limiter.peek('ada')).toBe(wait);
      expect(await limiter.peek('bob')).toBeNull();
      pass(wait);
    }
  });

  it('allow more by a factor', async () => {
    expect(await exhaust(createMemoryLimiters(3)('messages:account'), 'ada')).toBe(360);
  });

  it('tell how long the wait is', async () => {
    const limiter = createMemoryLimiters(1)('messages:account');
    await exhaust(limiter, 'ada');
    pass(20.5);
    expect(await limiter.take('ada')).toBe(40);
  });

  it('double the wait for each new excess, up to a quarter of an hour, and forget after an hour', async () => {
    const limiter = createMemoryLimiters(1)('sign-in:account');
    const waits: (number | null)[] = [];
    for (let i = 0; i < 6; i += 1) {
      await exhaust(limiter, 'ada');
      waits.push(await limiter.take('ada'));
      // Further attempts during the wait do not prolong it.
      expect(await limiter.take('ada')).toBe(waits.at(-1));
      pass(waits.at(-1) ?? 0);
    }
    expect(waits).toEqual([60, 120, 240, 480, 900, 900]);
    pass(3600);
    await exhaust(limiter, 'ada');
    expect(await limiter.take('ada')).toBe(60);
  });

  it('take back a count', async () => {
    const limiter = createMemoryLimiters(1)('sign-in:account');
    for (let i = 0; i < 50; i += 1) {
      expect(await limiter.take('ada')).toBeNull();
      await limiter.giveBack('ada');
    }
  });

  it('keep a bounded number of counters for values that anybody can invent', async () => {
    const limiter = createMemoryLimiters(1)('sign-up:address');
    for (let i = 0; i < 20_000; i += 1) await limiter.take(`2001:db8::${i.toString(16)}`);
    expect(vi.getTimerCount()).toBeLessThanOrEqual(16_384);
    expect(vi.getTimerCount()).toBeGreaterThan(10_000);
  });
});
