import { expect, it } from 'vitest';
import { chartPath } from './chart-path.ts';

const box = { most: 100, slots: 5, width: 40, height: 10 };

it('ends at the right edge, goes up for larger values, and stays within the box', () => {
  expect(chartPath([0, 50, 200], box)).toBe('M20.0 10.0L30.0 5.0L40.0 0.0');
});

it('leaves a gap where a value is not known', () => {
  expect(chartPath([0, null, 0, 0], box)).toBe('M10.0 10.0M30.0 10.0L40.0 10.0');
  expect(chartPath([null, null], box)).toBe('');
  expect(chartPath([], box)).toBe('');
});
