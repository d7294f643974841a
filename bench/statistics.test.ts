import { describe, expect, it } from 'vitest';
import { bootstrapInterval, median, quantile } from './statistics.ts';

const oneToHundred = Array.from({ length: 100 }, (_, i) => i + 1);

describe('quantile', () => {
  it('is the middle of an odd number of samples, and between the two middle ones of an even number', () => {
    expect(median([30, 10, 20])).toBe(20);
    expect(median([40, 10, 20, 30])).toBe(25);
  });

  it('interpolates, and gives the ends at 0 and 1', () => {
    expect(quantile(oneToHundred, 0.95)).toBeCloseTo(95.05);
    expect(quantile(oneToHundred, 0)).toBe(1);
    expect(quantile(oneToHundred, 1)).toBe(100);
  });

  it('leaves the samples in their order', () => {
    const samples = [3, 1, 2];
    median(samples);
    expect(samples).toEqual([3, 1, 2]);
  });
});

describe('bootstrapInterval', () => {
  it('holds the statistic, is the same each time, and is a point where nothing varies', () => {
    const [low, high] = bootstrapInterval(oneToHundred, median);
    expect(low).toBeLessThan(50.5);
    expect(high).toBeGreaterThan(50.5);
    expect(bootstrapInterval(oneToHundred, median)).toEqual([low, high]);
    expect(bootstrapInterval([7, 7, 7], median)).toEqual([7, 7]);
  });
});
