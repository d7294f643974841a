import { expect, it } from 'vitest';
import { createFakeClock } from '../testkit/server/fake-clock.ts';
import { repeat } from './repeat.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('begins anew when the work before has ended, and no sooner', async () => {
  const clock = createFakeClock();
  let [begun, end]: [number, () => void] = [0, () => undefined];
  const work = (): Promise<void> => {
    begun += 1;
    return new Promise((resolve) => (end = resolve));
  };
  repeat(clock, work, { every: 100, first: 10 });
  clock.advance(9);
  expect(begun).toBe(0);
  clock.advance(1000);
  expect(begun).toBe(1);
  end();
  await turn();
  clock.advance(99);
  expect(begun).toBe(1);
  clock.advance(1);
  expect(begun).toBe(2);
});

it('begins no more when it is stopped, also while work is going on', async () => {
  const clock = createFakeClock();
  let begun = 0;
  const work = (): Promise<void> => {
    begun += 1;
    return Promise.resolve();
  };
  const stop = repeat(clock, work, { every: 100 });
  clock.advance(100);
  stop();
  await turn();
  clock.advance(1000);
  expect([begun, clock.pending]).toEqual([1, 0]);
});
