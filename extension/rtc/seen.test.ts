import { describe, expect, it } from 'vitest';
import { Seen } from './seen.ts';

describe('Seen', () => {
  it('tells a number new once, in any order', () => {
    const seen = new Seen();
    expect([3, 0, 3, 1, 0, 2].map((number) => seen.add(number))).toEqual([
      true,
      true,
      false,
      true,
      false,
      true,
    ]);
  });

  it('takes what lies far behind for seen', () => {
    const seen = new Seen(4);
    expect([10, 7, 6, 11, 7].map((number) => seen.add(number))).toEqual([true, true, false, true, false]);
    expect(seen.add(8)).toBe(true);
  });
});
