import { expect, it } from 'vitest';
import { steadyNow } from './steady-now.ts';

it('is a whole number that never goes back', () => {
  let before = steadyNow();
  for (let i = 0; i < 10_000; i += 1) {
    const now = steadyNow();
    expect(Number.isSafeInteger(now)).toBe(true);
    expect(now).toBeGreaterThanOrEqual(before);
    before = now;
  }
});
