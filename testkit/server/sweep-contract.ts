import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { SWEPT } from '../../server/sweep-store.ts';
import { NOW, type Populated } from './contract-people.ts';

/** What every implementation remembers of sweeps, and how it counts what one would delete. */
export const describeSweeps = (open: () => Populated): void => {
  it('remembers a sweep, one that waits, and that the operator allows it', async () => {
    const { sweeps } = open().store;
    expect(await sweeps.of('messages')).toEqual({ sweptAt: null, hold: null, allowed: false });
    expect(await sweeps.allow('messages')).toBe(false);
    await sweeps.swept('messages', NOW);
    expect(await sweeps.allow('messages')).toBe(false);
    const hold = { reason: 'jump', due: 3, at: NOW + 1 } as const;
    await sweeps.hold('messages', hold);
    expect(await sweeps.of('messages')).toEqual({ sweptAt: NOW, hold, allowed: false });
    expect(await sweeps.allow('messages')).toBe(true);
    expect(await sweeps.of('messages')).toEqual({ sweptAt: NOW, hold, allowed: true });
    await sweeps.swept('messages', NOW + 2);
    expect(await sweeps.of('messages')).toEqual({ sweptAt: NOW + 2, hold: null, allowed: false });
    expect((await sweeps.of('history')).sweptAt).toBeNull();
  });

  it('counts what is older than a time, and counts the rest only up to that number', async () => {
    const { store, ada, bob } = open();
    for (let n = 0; n < 5; n += 1) {
      const message = { id: randomUUID(), from: ada.userId, to: bob.userId, text: 'x', withheld: false };
      await store.messages.add({ ...message, now: NOW + n * 10 });
    }
    const counts = (time: number) => store.sweeps.count('messages', time);
    expect(await counts(NOW)).toEqual({ due: 0, kept: 0 });
    expect(await counts(NOW + 15)).toEqual({ due: 2, kept: 2 });
    expect(await counts(NOW + 35)).toEqual({ due: 4, kept: 1 });
    for (const what of SWEPT) expect((await store.sweeps.count(what, NOW)).due).toBe(0);
  });
};
