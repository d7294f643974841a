import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { repeat } from '../repeat.ts';

/** Milliseconds. A killed server leaves times that are too early by this and what writing takes: under a minute. */
const EVERY = 45_000;

/**
 * Stores again and again that people are here, for others who may see when they were here last. Returns what stops
 * it.
 */
export const noteSeen = (
  note: () => Promise<void>,
  { clock, log }: { clock: Pick<Clock, 'setTimeout'>; log: Logger },
): (() => void) => {
  const tryToNote = (): Promise<void> =>
    note().catch((error: unknown) => {
      log.error({ err: error }, 'who is here could not be written down');
    });
  return repeat(clock, tryToNote, { every: EVERY });
};
