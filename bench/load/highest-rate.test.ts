import { describe, expect, it } from 'vitest';
import { highestRate } from './highest-rate.ts';

const below = (limit: number) => {
  const tried: number[] = [];
  const isGood = (rate: number): Promise<boolean> => {
    tried.push(rate);
    return Promise.resolve(rate <= limit);
  };
  return { tried, isGood };
};

describe('the highest good rate', () => {
  it('is found within a tenth, without going far over it', async () => {
    const { tried, isGood } = below(730);
    expect(await highestRate({ from: 100, most: 3200 }, isGood)).toBe(700);
    expect(Math.max(...tried)).toBe(800);
  });

  it('is 0 if even the lowest rate is too high', async () => {
    expect(await highestRate({ from: 100, most: 3200 }, below(50).isGood)).toBe(0);
  });

  it('is never above the bound', async () => {
    const { tried, isGood } = below(1e9);
    expect(await highestRate({ from: 100, most: 500 }, isGood)).toBe(400);
    expect(tried).toEqual([100, 200, 400]);
  });
});
