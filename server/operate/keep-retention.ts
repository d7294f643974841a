import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { repeat } from '../repeat.ts';

/** Something that is kept for a time only. */
export interface Retained {
  /** For the log. */
  what: string;
  /** How long, in milliseconds. */
  life: number;
  /** Deletes what is older than `time` (epoch milliseconds); resolves to how many. */
  removeBefore: (time: number) => Promise<number>;
}

/** Milliseconds after the start, so that a server that never runs for an hour deletes, too. */
const FIRST = 60_000;
const EVERY = 3_600_000;

/**
 * Deletes what has been kept for its time, soon after the start and then hourly, and makes sure that the files hold
 * nothing of it, nor of what people have deleted since. Returns what stops it.
 */
export const keepRetention = (deps: {
  retained: readonly Retained[];
  /** See `Store.scrub`. */
  scrub: () => Promise<void>;
  clock: Clock;
  log: Logger;
}): (() => void) => {
  const { retained, clock, log } = deps;
  const sweep = async (): Promise<void> => {
    for (const { what, life, removeBefore } of retained) {
      const removed = await removeBefore(clock.now() - life);
      if (removed > 0) log.info({ what, removed }, 'kept for its time, and deleted');
    }
    await deps.scrub();
    log.debug('what has been kept for its time is swept');
  };
  const trySweep = (): Promise<void> =>
    sweep().catch((error: unknown) => {
      log.error({ err: error }, 'what has been kept for its time could not be deleted');
    });
  return repeat(clock, trySweep, { first: FIRST, every: EVERY });
};
