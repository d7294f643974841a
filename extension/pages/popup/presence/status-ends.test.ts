import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TIMES } from '../../../../protocol/limits.ts';
import { endsIn } from './status-ends.ts';

const at = (...date: [number, number, number, number, number?]) => new Date(...date).getTime();

describe('endsIn', () => {
  it.each([
    ['30-minutes', at(2030, 0, 31, 14, 30)],
    ['1-hour', at(2030, 0, 31, 15)],
    ['4-hours', at(2030, 0, 31, 18)],
    ['today', at(2030, 1, 1, 0)],
    ['tomorrow', at(2030, 1, 1, 8)],
  ] as const)('%s', (end, expected) => {
    const now = at(2030, 0, 31, 14);
    expect(now + (endsIn(end, now) ?? NaN)).toBe(expected);
  });

  it('has no end for never', () => {
    expect(endsIn('never', 0)).toBeUndefined();
  });

  it('is in the future and within the server’s limit, at any moment', () => {
    const day = fc.date({ min: new Date(2026, 0), max: new Date(2036, 0), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.constantFrom('today', 'tomorrow'), (date, end) => {
        const ms = endsIn(end, date.getTime());
        expect(ms).toBeGreaterThan(0);
        expect(ms).toBeLessThan(TIMES.statusEndsMax);
      }),
    );
  });
});
