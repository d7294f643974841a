import { describe, expect, it } from 'vitest';
import { backoff } from './backoff.ts';
import type { Urgency } from './signaling-types.ts';

const range = (failures: number, urgency: Urgency): [number, number] => [
  backoff({ failures, urgency, chance: 0 }),
  backoff({ failures, urgency, chance: 1 }),
];

describe('backoff', () => {
  it('doubles from a quarter of a second, spread over the upper half', () => {
    expect([0, 1, 2, 3].map((failures) => range(failures, 'calm'))).toEqual([
      [125, 250],
      [250, 500],
      [500, 1000],
      [1000, 2000],
    ]);
  });

  it('stays within five seconds while a call is up, and within thirty otherwise', () => {
    for (const failures of [5, 10, 1_000]) expect(range(failures, 'call')).toEqual([2_500, 5_000]);
    for (const failures of [7, 10, 1_000]) expect(range(failures, 'calm')).toEqual([15_000, 30_000]);
  });
});
