import { describe, expect, it } from 'vitest';
import { atRest, inPhase, ringing } from '../../../testkit/ipc/sample-snapshot.ts';
import { createUpdates } from './update.ts';

const setUp = () => {
  const values = new Map<string, unknown>();
  let reloads = 0;
  const create = () =>
    createUpdates({
      store: {
        get: (key) => Promise.resolve(values.get(key)),
        set: (key, value) => Promise.resolve(void values.set(key, value)),
      },
      currentVersion: () => '1.0.0',
      reload: () => {
        reloads += 1;
      },
    });
  return { create, reloads: () => reloads };
};

describe('updates', () => {
  it('are installed at once while no call is up', async () => {
    const { create, reloads } = setUp();
    const updates = create();
    await updates.consider(atRest);
    expect(reloads()).toBe(0);
    await updates.available('1.1.0');
    await updates.consider(atRest);
    expect(reloads()).toBe(1);
  });

  it('wait for the end of a call, even when the worker was restarted meanwhile', async () => {
    const { create, reloads } = setUp();
    await create().available('1.1.0');
    await create().consider(inPhase({ kind: 'active', connectedAt: 1 }));
    await create().consider({ ...atRest, incoming: [ringing(1, 'Bob')] });
    expect(reloads()).toBe(0);
    await create().consider(inPhase({ kind: 'ended', reason: 'hung-up', connectedAt: 1, endedAt: 2 }));
    expect(reloads()).toBe(1);
  });

  it('are tried once', async () => {
    const { create, reloads } = setUp();
    await create().available('1.1.0');
    await create().consider(atRest);
    await create().consider(atRest);
    expect(reloads()).toBe(1);
  });
});
