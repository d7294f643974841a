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

const WIDE = { running: 1, waiting: 100, waitingOfOne: 100 };

describe('WorkQueue', () => {
  it('runs so many at a time, keeps so many, and refuses the rest', async () => {
    const jobs = createJobs();
    const queue = new WorkQueue({ running: 2, waiting: 32, waitingOfOne: 1 });
    const taken = Array.from({ length: 34 }, (_, i) => queue.run(String(i), jobs.job));
    await expect(queue.run('late', jobs.job)).rejects.toMatchObject({ code: 'overloaded' });
    expect(jobs.started()).toBe(2);
    for (let i = 0; i < 34; i += 1) {
      jobs.endOne();
      await tick();
    }
    await Promise.all(taken);
    expect(jobs.most()).toBe(2);
  });

  it('frees the place of a job that fails', async () => {
    const queue = new WorkQueue({ running: 1, waiting: 0, waitingOfOne: 0 });
    await expect(queue.run('ada', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(queue.run('ada', () => Promise.resolve(1))).resolves.toBe(1);
  });

  it('lets nobody overtake those who wait', async () => {
    const jobs = createJobs();
    const order: number[] = [];
    const queue = new WorkQueue(WIDE);
    const numbered = (n: number) => queue.run('ada', () => Promise.resolve(void order.push(n)));
    const first = queue.run('ada', jobs.job);
    const waiting = [numbered(1), numbered(2)];
    jobs.endOne();
    await Promise.all([first, ...waiting, Promise.resolve().then(() => numbered(3))]);
    expect(order).toEqual([1, 2, 3]);
  });

  it('refuses one asker who has filled their share, and nobody else', async () => {
    const jobs = createJobs();
    const queue = new WorkQueue({ running: 1, waiting: 4, waitingOfOne: 2 });
    const taken = Array.from({ length: 3 }, () => queue.run('mallory', jobs.job));
    await expect(queue.run('mallory', jobs.job)).rejects.toMatchObject({ code: 'overloaded' });
    taken.push(queue.run('ada', jobs.job));
    for (let i = 0; i < 4; i += 1) {
      jobs.endOne();
      await tick();
    }
    await Promise.all(taken);
  });

  it('serves next the asker with the fewest running jobs', async () => {
    const jobs = createJobs();
    const order: string[] = [];
    const queue = new WorkQueue({ ...WIDE, running: 2 });
    const named = (asker: string) =>
      queue.run(asker, () => {
        order.push(asker);
        return jobs.job();
      });
    const all = ['mallory', 'mallory', 'mallory', 'mallory', 'ada'].map(named);
    for (let i = 0; i < 5; i += 1) {
      jobs.endOne();
      await tick();
    }
    await Promise.all(all);
    expect(order).toEqual(['mallory', 'mallory', 'ada', 'mallory', 'mallory']);
    expect(queue.load).toEqual({ running: 0, waiting: 0 });
  });
});
