import { describe, expect, it } from 'vitest';
import { atRest, inPhase, ringing } from '../../../testkit/ipc/sample-snapshot.ts';
import { createUpdates } from './update.ts';

const MINUTE = 60_000;

const setUp = () => {
  const values = new Map<string, unknown>();
  const machine = { now: 1_000_000, pageOpen: false };
  let reloads = 0;
  /** The worker, as often as it starts. */
  const start = () =>
    createUpdates({
      store: {
        get: (key) => Promise.resolve(values.get(key)),
        set: (key, value) => Promise.resolve(void values.set(key, value)),
      },
      currentVersion: () => '1.0.0',
      anyPageOpen: () => Promise.resolve(machine.pageOpen),
      now: () => machine.now,
      reload: () => {
        reloads += 1;
      },
    });
  /** The worker looks, and again a minute later. */
  const looksTwice = async (snapshot = atRest, updates = start()): Promise<void> => {
    await updates.consider(snapshot);
    machine.now += MINUTE;
    await updates.consider(snapshot);
  };
  return { start, looksTwice, machine, reloads: () => reloads };
};

describe('a waiting update', () => {
  it('is installed when nothing of ours has been in use for a while', async () => {
    const { start, looksTwice, reloads } = setUp();
    await looksTwice();
    expect(reloads()).toBe(0);
    await start().available('1.1.0');
    await start().consider(atRest);
    expect(reloads()).toBe(0);
    await looksTwice();
    expect(reloads()).toBe(1);
  });

  it('waits for the end of a call, and of ringing', async () => {
    const { start, looksTwice, reloads } = setUp();
    await start().available('1.1.0');
    await looksTwice(inPhase({ kind: 'active', connectedAt: 1 }));
    await looksTwice({ ...atRest, incoming: [ringing(1, 'Bob')] });
    // Whoever has just hung up may call again at once.
    await start().consider(inPhase({ kind: 'ended', reason: 'hung-up', connectedAt: 1, endedAt: 2 }));
    expect(reloads()).toBe(0);
    await looksTwice();
    expect(reloads()).toBe(1);
  });

  it('waits until the last page is closed: it would close with what was typed there', async () => {
    const { start, looksTwice, machine, reloads } = setUp();
    await start().available('1.1.0');
    machine.pageOpen = true;
    await looksTwice();
    machine.pageOpen = false;
    // What a page asked for before it closed may still be under way.
    await start().consider(atRest);
    expect(reloads()).toBe(0);
    machine.now += MINUTE;
    await start().consider(atRest);
    expect(reloads()).toBe(1);
  });

  it('waits for a sign-in at a provider, whose window is no page of ours', async () => {
    const { start, looksTwice, reloads } = setUp();
    const updates = start();
    await updates.available('1.1.0');
    let finish = (): void => undefined;
    const visit = updates.hold(
      new Promise<string>(
        (resolve) =>
          (finish = () => {
            resolve('url');
          }),
      ),
    );
    await looksTwice(atRest, updates);
    expect(reloads()).toBe(0);
    finish();
    expect(await visit).toBe('url');
    await looksTwice(atRest, updates);
    expect(reloads()).toBe(1);
  });

  it('is tried once', async () => {
    const { start, looksTwice, reloads } = setUp();
    await start().available('1.1.0');
    await looksTwice();
    await looksTwice();
    expect(reloads()).toBe(1);
  });
});
