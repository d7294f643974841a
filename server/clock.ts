import { createSteadyTime } from './steady-time.ts';

/** A timer that was set and can be taken back. */
export interface Timer {
  cancel(): void;
}

/** Time as the server's modules see it, so that tests can move it by hand. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls `fn` once, `ms` milliseconds from now; the machine's timers may be a millisecond early by `now()`. */
  setTimeout(fn: () => void, ms: number): Timer;
}

/** The machine's own clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: createSteadyTime(),
  setTimeout(fn, ms) {
    const timer = setTimeout(fn, ms);
    timer.unref();
    return {
      cancel: () => {
        clearTimeout(timer);
      },
    };
  },
};
