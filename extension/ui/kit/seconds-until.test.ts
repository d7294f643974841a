import { expect, it } from 'vitest';
import { secondsUntil } from './seconds-until.ts';

it('counts down to zero and no further', () => {
  const at = (now: number): string => secondsUntil(30_000, now);
  expect([at(0), at(1), at(1_000), at(29_999), at(30_000), at(31_000)]).toEqual([
    '30',
    '30',
    '29',
    '1',
    '0',
    '0',
  ]);
});
