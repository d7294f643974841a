import fc from 'fast-check';
import { expect, it } from 'vitest';
import { editDistance } from './edit-distance.ts';

it.each([
  ['PORT', 'PORT', 0],
  ['PROT', 'PORT', 1],
  ['POT', 'PORT', 1],
  ['PORTS', 'PORT', 1],
  ['HOME', 'HOST', 2],
  ['', 'PORT', 4],
  ['PORT', '', 4],
])('%s is as far from %s as a person thinks', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
});

it('is the same in both directions, and no more than replacing everything', () => {
  const text = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const distance = editDistance(a, b);
      expect(distance).toBe(editDistance(b, a));
      expect(distance === 0).toBe(a === b);
      expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
    }),
  );
});
