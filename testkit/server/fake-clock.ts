import type { Clock } from '../../server/clock.ts';

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /** Moves time on and runs every timer that falls due, in order. */
  advance(ms: number): void;
  /** How many timers are set. */
  readonly pending: number;
}

/** @param start the clock's first time, in epoch milliseconds. */
export const createFakeClock = (start = 1_800_000_000_000): FakeClock => {
  let now = start;
  let order = 0;
  const timers = new Map<number, { at: number; fn: () => void }>();
  const nextDue = (until: number): [number, { at: number; fn: () => void }] | undefined =>
    [...timers].filter(([, timer]) => timer.at <= until).sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];
  return {
    now: () => now,
    setTimeout(fn, ms) {
      order += 1;
      const id = order;
      timers.set(id, { at: now + ms, fn });
      return { cancel: () => void timers.delete(id) };
    },
    advance(ms) {
      const until = now + ms;
      for (let due = nextDue(until); due; due = nextDue(until)) {
        const [id, timer] = due;
        timers.delete(id);
        now = timer.at;
        timer.fn();
      }
      now = until;
    },
    get pending() {
      return timers.size;
    },
  };
};
