import { describe, expect, it } from 'vitest';
import { Refused } from '../refused.ts';
import { inBatches } from './in-batches.ts';

/** Refuses every batch that contains a negative number. */
const openBatches = () => {
  const batches: (readonly number[])[] = [];
  const add = inBatches<number>((items) => {
    batches.push(items);
    return items.some((item) => item < 0) ? Promise.reject(new Error('negative')) : Promise.resolve();
  });
  return { batches, add };
};

describe('batches', () => {
  it('contain everything that is requested in one turn, in that order', async () => {
    const { batches, add } = openBatches();
    await Promise.all([add(1), add(2), Promise.resolve().then(() => add(3))]);
    await add(4);
    expect(batches).toEqual([[1, 2, 3], [4]]);
  });

  it('let no request fail because of another', async () => {
    const { batches, add } = openBatches();
    const settled = await Promise.allSettled([add(1), add(-1), add(2)]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(batches).toEqual([[1, -1, 2], [1], [-1], [2]]);
  });

  it('are refused as a whole by a database that cannot be used, because each would wait in vain', async () => {
    let tries = 0;
    const add = inBatches<number>(() => {
      tries += 1;
      return Promise.reject(new Refused('unavailable'));
    });
    const settled = await Promise.allSettled([add(1), add(2)]);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(tries).toBe(1);
  });
});
