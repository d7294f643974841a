import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { repeat } from '../repeat.ts';

/** Milliseconds. A server that is killed leaves times that are off by this and what writing takes: under a minute. */
const EVERY = 45_000;

/** Keeps writing down that people are here, for those who see when they were here last. Returns what stops it. */
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
