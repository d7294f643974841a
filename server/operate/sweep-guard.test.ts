import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../protocol/account/account.ts';
import { endedRecord } from '../../testkit/server/call-records.ts';
import { createFakeClock, type FakeClock } from '../../testkit/server/fake-clock.ts';
import { startTestServer, type TestServer } from '../../testkit/server/start-test-server.ts';
import { until } from '../../testkit/server/until.ts';
import { createSweepCommands } from './admin/sweep-commands.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A clock that can be set forward and back, while its timers run on. */
const settable = (): FakeClock & { set: (by: number) => void } => {
  const clock = createFakeClock();
  let off = 0;
  return {
    ...clock,
    now: () => clock.now() + off,
    get pending() {
      return clock.pending;
    },
    set: (by) => {
      off += by;
    },
  };
};

describe('a server whose clock jumps', () => {
  let server: TestServer;
  let people: [SignedIn, SignedIn];
  const clock = settable();
  afterEach(() => server.stop());

  /** Starts a server with two people, ten messages, ten calls, and `old` messages that are due. */
  const start = async (old = 0): Promise<void> => {
    server = await startTestServer({ clock, config: { messageLife: 365 * DAY, historyLife: 90 * DAY } });
    people = [await server.signUp('ada'), await server.signUp('bob')];
    const [from, to] = [people[0].account.userId, people[1].account.userId];
    for (let n = 0; n < old; n += 1) {
      const message = { id: randomUUID(), from, to, text: 'old', withheld: false };
      await server.store.messages.add({ ...message, now: clock.now() - 366 * DAY });
    }
    for (let n = 0; n < 10; n += 1) {
      const message = { id: randomUUID(), from, to, text: `note ${String(n)}`, withheld: false };
      await server.store.messages.add({ ...message, now: clock.now() });
      await server.store.calls.save(endedRecord(from, to, clock.now()));
    }
  };
  const kept = async (): Promise<{ messages: number; calls: number; sessions: number }> => ({
    messages: (await server.store.sweeps.count('messages', Infinity)).due,
    calls: (await server.store.history.page(people[0].account.userId, { limit: 100 })).entries.length,
    sessions: (await server.store.operator.sessions()).length,
  });
  const waiting = async (): Promise<string[]> =>
    (await createSweepCommands(server.store).list()).flatMap(({ what, hold }) => (hold ? [what] : []));
  const sweep = async (): Promise<void> => {
    const before = server.logged.filter((line) => line.includes('swept')).length;
    clock.advance(HOUR);
    await until(
      'it has swept',
      () => server.logged.filter((line) => line.includes('swept')).length > before + 1,
    );
  };
  const ready = async (): Promise<unknown> => (await fetch(`${server.url}/readyz`)).json();

  it('deletes nothing 400 days ahead, says so, and goes on by itself when the clock is right again', async () => {
    await start();
    await sweep();
    clock.set(400 * DAY);
    await sweep();
    expect(await kept()).toEqual({ messages: 10, calls: 10, sessions: 2 });
    expect(await waiting()).toEqual(['messages', 'history', 'sessions']);
    expect(await ready()).toMatchObject({ ok: true, checks: { database: true, sweeps: false } });
    expect(server.logged.some((line) => line.includes('npm run admin -- sweeps allow'))).toBe(true);
    clock.set(-400 * DAY);
    await sweep();
    expect([await kept(), await waiting()]).toEqual([{ messages: 10, calls: 10, sessions: 2 }, []]);
    expect(await ready()).toEqual({ ok: true, draining: false, checks: { database: true } });
  });

  it('deletes what waits when the operator allows it, and asks again the next time', async () => {
    await start();
    await sweep();
    clock.set(400 * DAY);
    await sweep();
    expect(await createSweepCommands(server.store).allow()).toEqual(['messages', 'history', 'sessions']);
    await sweep();
    expect(await kept()).toEqual({ messages: 0, calls: 0, sessions: 0 });
    await expect(createSweepCommands(server.store).allow()).rejects.toThrow('no deletion waits');
  });

  it('asks before it deletes most of what there is, also if no sweep came before', async () => {
    await start();
    clock.set(400 * DAY);
    await sweep();
    expect(await kept()).toMatchObject({ messages: 10, calls: 10 });
    expect(await waiting()).toEqual(['messages', 'history']);
  });

  it('deletes the few that are old among many without asking', async () => {
    await start(3);
    expect(await kept()).toMatchObject({ messages: 13 });
    await sweep();
    expect(await kept()).toMatchObject({ messages: 10 });
    expect(await waiting()).toEqual([]);
  });
});
