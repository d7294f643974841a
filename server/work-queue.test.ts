import { describe, expect, it } from 'vitest';
import { WorkQueue } from './work-queue.ts';

/** Jobs that end when told. */
const createJobs = () => {
  const ends: (() => void)[] = [];
  let running = 0;
  let most = 0;
  return {
    job: async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => ends.push(resolve));
      running -= 1;
    },
    endOne: () => ends.shift()?.(),
    started: () => ends.length,
    most: () => most,
  };
};

const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('WorkQueue', () => {
  it('runs so many at a time, keeps so many, and refuses the rest', async () => {
    const jobs = createJobs();
    const queue = new WorkQueue({ running: 2, waiting: 32 });
    const taken = Array.from({ length: 34 }, () => queue.run(jobs.job));
    await expect(queue.run(jobs.job)).rejects.toMatchObject({ code: 'overloaded' });
    expect(jobs.started()).toBe(2);
    for (let i = 0; i < 34; i += 1) {
      jobs.endOne();
      await tick();
    }
    await Promise.all(taken);
    expect(jobs.most()).toBe(2);
  });

  it('frees the place of a job that fails', async () => {
    const queue = new WorkQueue({ running: 1, waiting: 0 });
    await expect(queue.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(queue.run(() => Promise.resolve(1))).resolves.toBe(1);
  });

  it('lets nobody overtake those who wait', async () => {
    const jobs = createJobs();
    const order: number[] = [];
    const queue = new WorkQueue({ running: 1, waiting: 3 });
    const numbered = (n: number) => queue.run(() => Promise.resolve(void order.push(n)));
    const first = queue.run(jobs.job);
    const waiting = [numbered(1), numbered(2)];
    jobs.endOne();
    await Promise.all([first, ...waiting, Promise.resolve().then(() => numbered(3))]);
    expect(order).toEqual([1, 2, 3]);
  });
});
