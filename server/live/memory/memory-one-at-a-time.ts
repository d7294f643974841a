import { Refused } from '../../refused.ts';
import { Turns } from '../../turns.ts';
import type { OneAtATime } from '../../one-at-a-time.ts';

/** The most jobs that may wait for one name; each takes about a millisecond. */
const MOST_OF_ONE = 200;

/** Runs jobs one at a time in this process, in the order of their submission. */
export const createMemoryOneAtATime = (): OneAtATime => {
  const turns = new Turns<string>();
  const jobs = new Map<string, number>();
  const count = (names: readonly string[], change: 1 | -1): void => {
    for (const name of names) {
      const now = (jobs.get(name) ?? 0) + change;
      if (now > 0) jobs.set(name, now);
      else jobs.delete(name);
    }
  };
  return {
    async run(names, job) {
      if (names.some((name) => (jobs.get(name) ?? 0) >= MOST_OF_ONE)) throw new Refused('overloaded');
      count(names, 1);
      try {
        return await turns.takeAll(names, job);
      } finally {
        count(names, -1);
      }
    },
  };
};
