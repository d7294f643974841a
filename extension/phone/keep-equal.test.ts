import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keepEqual } from './keep-equal.ts';

it('equals what is true now', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (before, now) => {
      expect(keepEqual(before, now)).toEqual(now);
      expect(keepEqual(before, structuredClone(before))).toBe(before);
    }),
  );
});

it('reuses what was there before, except what changed', () => {
  const before = [
    { id: 'ann', words: ['one'] },
    { id: 'bob', words: ['two'] },
  ];
  const now = keepEqual(before, [
    { id: 'ann', words: ['one'] },
    { id: 'bob', words: ['two', 'three'] },
  ]);
  expect(now[0]).toBe(before[0]);
  expect(now[1]).toEqual({ id: 'bob', words: ['two', 'three'] });
});

it('tells a list from an object, and a field that is undefined from one that is not there', () => {
  const of = (before: object, now: object): object => keepEqual(before, now);
  expect(of({}, [])).toEqual([]);
  expect(of({ a: 1 }, {})).toEqual({});
  expect(of({ a: 1 }, { b: undefined })).toEqual({ b: undefined });
});
