import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../testkit/rtc/manual-clock.ts';
import { TokenBucket } from './token-bucket.ts';

describe('TokenBucket', () => {
  it('gives what it holds at once, and then as much as comes back', () => {
    const clock = new ManualClock();
    const bucket = new TokenBucket(clock, { size: 3, perSecond: 2 });
    expect([1, 1, 1, 1].map((amount) => bucket.take(amount))).toEqual([true, true, true, false]);
    clock.sleep(500);
    expect([bucket.take(), bucket.take()]).toEqual([true, false]);
    clock.sleep(60_000);
    expect([bucket.take(4), bucket.take(3), bucket.take(0.1)]).toEqual([false, true, false]);
  });

  it('never gives more than it holds and what comes back, whenever it is asked', () => {
    const asked = fc.array(fc.record({ pause: fc.nat(5_000), amount: fc.nat(50) }), { maxLength: 100 });
    fc.assert(
      fc.property(asked, fc.integer({ min: 1, max: 40 }), (asks, perSecond) => {
        const clock = new ManualClock();
        const bucket = new TokenBucket(clock, { size: 100, perSecond });
        let taken = 0;
        for (const { pause, amount } of asks) {
          clock.sleep(pause);
          if (bucket.take(amount)) taken += amount;
          expect(taken).toBeLessThanOrEqual(100 + (clock.now() / 1_000) * perSecond + 1e-6);
        }
      }),
    );
  });
});
