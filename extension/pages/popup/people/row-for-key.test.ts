import { expect, it } from 'vitest';
import { rowForKey } from './row-for-key.ts';

it.each([
  ['ArrowDown', 0, 1],
  ['ArrowDown', 19, 19],
  ['ArrowUp', 5, 4],
  ['ArrowUp', 0, -1],
  ['PageDown', 0, 7],
  ['PageDown', 18, 19],
  ['PageUp', 3, 0],
  ['Home', 12, 0],
  ['End', 12, 19],
  ['Enter', 12, null],
  ['a', 12, null],
])('%s in row %i of 20 leads to %s', (key, at, to) => {
  expect(rowForKey(key, at, 20)).toBe(to);
});
