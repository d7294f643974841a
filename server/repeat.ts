import type { Clock } from './clock.ts';

/**
 * Runs `work` again and again, `every` milliseconds after each run has ended, so that runs never overlap.
 * @param work handles its own failures; it never rejects.
 * @param first milliseconds until the first run.
 * @returns a function that stops it; a run that has begun ends by itself.
 */
export const repeat = (
  clock: Pick<Clock, 'setTimeout'>,
  work: () => Promise<void>,
  { every, first = every }: { every: number; first?: number },
): (() => void) => {
  let stopped = false;
  const schedule = (ms: number) =>
    clock.setTimeout(() => {
      void work().finally(() => {
        if (!stopped) timer = schedule(every);
      });
    }, ms);
  let timer = schedule(first);
  return () => {
    stopped = true;
    timer.cancel();
  };
};
