import { expect, it } from 'vitest';
import { createSteadyTime } from './steady-time.ts';

const HOUR = 3_600_000;

const setUp = () => {
  let [off, at] = [0, 0];
  const now = createSteadyTime({ wall: () => 1_000_000 + at + off, elapsed: () => at });
  return {
    now,
    pass: (ms: number) => {
      at += ms;
    },
    set: (by: number) => {
      off += by;
    },
  };
};

it.each([-HOUR, HOUR, 400 * 24 * HOUR])(
  'goes on steadily while the clock is off by %i ms for a minute',
  (by) => {
    const { now, pass, set } = setUp();
    set(by);
    expect(now()).toBe(1_000_000);
    pass(60_000);
    expect(now()).toBe(1_060_000);
    set(-by);
    pass(10);
    expect(now()).toBe(1_060_010);
  },
);

it('follows a clock that was set right after five minutes, and one that is corrected slowly at once', () => {
  const { now, pass, set } = setUp();
  set(500);
  expect(now()).toBe(1_000_500);
  set(HOUR);
  expect(now()).toBe(1_000_500);
  pass(299_000);
  expect(now()).toBe(1_299_500);
  pass(1_000);
  expect(now()).toBe(1_300_500 + HOUR);
});

it('begins to wait anew with each step', () => {
  const { now, pass, set } = setUp();
  set(HOUR);
  now();
  pass(299_000);
  set(HOUR);
  now();
  pass(299_000);
  expect(now()).toBe(1_598_000);
});
