import { reproducible } from '../statistics.ts';
import { pause } from './pause.ts';

/** How often something is done, and for how long. */
export interface Pace {
  /** How often per second. */
  readonly rate: number;
  readonly seconds: number;
}

/**
 * Does something at a given rate, whatever its duration (an open loop), at random moments (Poisson) that are the
 * same in each run.
 * @param act gets the time when it was due, by `performance.now()`: durations count from then, not from when the
 * driver got to it.
 */
export const openLoop = async ({ rate, seconds }: Pace, act: (due: number) => void): Promise<void> => {
  const random = reproducible(rate);
  const gap = (): number => (-Math.log(1 - random()) / rate) * 1000;
  let due = performance.now();
  const until = due + seconds * 1000;
  for (due += gap(); due < until; due += gap()) {
    while (performance.now() < due) await pause(1);
    act(due);
  }
};
