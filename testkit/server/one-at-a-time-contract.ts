import { expect, it } from 'vitest';
import type { OneAtATime } from '../../server/one-at-a-time.ts';

/** A job that a test ends, and that reports when it has begun. */
const createJob = () => {
  const begun = Promise.withResolvers<undefined>();
  const end = Promise.withResolvers<undefined>();
  return {
    begun: begun.promise,
    end: () => {
      end.resolve(undefined);
    },
    run: async (): Promise<void> => {
      begun.resolve(undefined);
      await end.promise;
    },
  };
};

const NAMES = ['ada', 'bob', 'cleo', 'dora'];

/** What every implementation does with jobs that must not run at once. `nodes`: two of one installation. */
export const describeOneAtATime = (nodes: () => readonly [OneAtATime, OneAtATime]): void => {
  it('runs jobs that share a name one after the other over all nodes, also after one that failed', async () => {
    const [one, other] = nodes();
    const running = new Set<string>();
    let done = 0;
    const job = (names: readonly string[]) => async (): Promise<void> => {
      for (const name of names) {
        expect(running.has(name), `${name} is held twice`).toBe(false);
        running.add(name);
      }
      await new Promise((resolve) => setImmediate(resolve));
      for (const name of names) running.delete(name);
      done += 1;
    };
    await expect(one.run(['ada'], () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    // Every pair of names in both orders, taking the nodes in turn.
    const pairs = NAMES.flatMap((first) =>
      NAMES.filter((name) => name !== first).map((second) => [first, second]),
    );
    await Promise.all(pairs.map((names, i) => (i % 2 === 0 ? one : other).run(names, job(names))));
    expect(done).toBe(pairs.length);
  });

  it('does not delay jobs that share no name, on either node', async () => {
    const [one, other] = nodes();
    const held = createJob();
    const holding = one.run(['ada', 'bob'], held.run);
    await held.begun;
    for (const node of [one, other]) {
      expect(await node.run(['cleo', 'dora'], () => Promise.resolve('done'))).toBe('done');
    }
    const waiting = other.run(['bob', 'cleo'], () => Promise.resolve('waited'));
    held.end();
    await holding;
    expect(await waiting).toBe('waited');
  });

  it('refuses jobs when too many wait for one name, and no others', async () => {
    const [one] = nodes();
    const held = createJob();
    const holding = one.run(['ada'], held.run);
    await held.begun;
    const jobs = Array.from({ length: 500 }, () => one.run(['ada'], () => Promise.resolve()));
    const settled = Promise.allSettled(jobs);
    expect(await one.run(['bob'], () => Promise.resolve('done'))).toBe('done');
    held.end();
    await holding;
    const refused = (await settled).filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]).toMatchObject({ reason: { code: 'overloaded' } });
    expect(await one.run(['ada'], () => Promise.resolve('done'))).toBe('done');
  });
};
