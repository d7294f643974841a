import type { Clock } from './clock.ts';

/**
 * Does `work` over and over, `every` milliseconds after it has ended each time: one that takes long is not joined by
 * the next.
 * @param work sees to its own failures; it never rejects.
 * @param first milliseconds until it is done first.
 * @returns what stops it; work that is going on comes to its end.
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
