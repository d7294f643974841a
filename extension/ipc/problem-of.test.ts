import { expect, it } from 'vitest';
import { problemOf } from './problem-of.ts';

it('keeps the time of a long wait, and nothing of a short one', () => {
  const long = problemOf({ code: 'rate-limited', retryAfter: 3600 });
  const at = Number(/^rate-limited (\d+)$/.exec(long)?.[1]);
  expect(Math.abs(at - Date.now() - 3_600_000)).toBeLessThan(5_000);
  expect(problemOf({ code: 'rate-limited', retryAfter: 60 })).toBe('rate-limited');
  expect(problemOf({ code: 'busy' })).toBe('busy');
});
