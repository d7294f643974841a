import { uptime } from 'node:os';

/** How far the two may differ, in milliseconds, before it counts as a step: what follows slowly is followed. */
const SLACK = 2_000;
/** How long a step has to last, in milliseconds, before it is believed: five minutes. */
const BELIEVED_AFTER = 300_000;

/**
 * Milliseconds since some moment, whatever becomes of the wall clock. The system's uptime adds what a monotonic clock
 * leaves out on most systems: the time for which the machine slept.
 */
const elapsed = (): number => {
  const up = uptime() * 1000;
  const running = performance.now();
  const slept = up - running - AT_START;
  return running + (slept > 1_000 ? slept : 0);
};
const AT_START = uptime() * 1000 - performance.now();

/** Where the time comes from; for tests. */
export interface TimeSources {
  /** Epoch milliseconds, as the machine has them set. */
  wall: () => number;
  /** Milliseconds that only ever go on. */
  elapsed: () => number;
}

/**
 * Epoch milliseconds that go on steadily: a wall clock that jumps changes nothing unless it stays there for five
 * minutes, so that what is due or measured meanwhile goes by elapsed time.
 */
export const createSteadyTime = (
  { wall, elapsed: since }: TimeSources = { wall: () => Date.now(), elapsed },
): (() => number) => {
  let anchor = { wall: wall(), elapsed: since() };
  let step: { by: number; at: number } | null = null;
  return () => {
    const at = since();
    const steady = anchor.wall + at - anchor.elapsed;
    const now = wall();
    const by = now - steady;
    if (Math.abs(by) > SLACK) {
      if (step === null || Math.abs(by - step.by) > SLACK) step = { by, at };
      if (at - step.at < BELIEVED_AFTER) return Math.floor(steady);
    }
    step = null;
    anchor = { wall: now, elapsed: at };
    return now;
  };
};
