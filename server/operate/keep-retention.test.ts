import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import { endedRecord } from '../../testkit/server/call-records.ts';
import { createFakeClock } from '../../testkit/server/fake-clock.ts';
import { startTestServer } from '../../testkit/server/start-test-server.ts';
import { temporaryFolder } from '../../testkit/server/temporary-folder.ts';
import { until } from '../../testkit/server/until.ts';
import { keepRetention } from './keep-retention.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const silent = createLog('silent');

/** Waits for what a timer has started. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

describe('keepRetention', () => {
  it('deletes soon after the start and then hourly, and scrubs after each time', async () => {
    const clock = createFakeClock(10 * DAY);
    const done: string[] = [];
    const stop = keepRetention({
      retained: [
        {
          what: 'notes',
          life: DAY,
          removeBefore: (time) => Promise.resolve(done.push(`before ${String(time / HOUR)}`)),
        },
      ],
      scrub: () => Promise.resolve(void done.push('scrub')),
      clock,
      log: silent,
    });
    clock.advance(60_000);
    await settled();
    expect(done).toEqual([`before ${String(9 * 24 + 1 / 60)}`, 'scrub']);
    clock.advance(HOUR);
    await settled();
    expect(done).toHaveLength(4);
    stop();
    expect(clock.pending).toBe(0);
  });

  it('tries again at the next hour when it fails', async () => {
    const clock = createFakeClock();
    let tries = 0;
    const stop = keepRetention({
      retained: [
        {
          what: 'notes',
          life: DAY,
          removeBefore: () => {
            tries += 1;
            return Promise.reject(new Error('disk on fire'));
          },
        },
      ],
      scrub: () => Promise.resolve(),
      clock,
      log: silent,
    });
    clock.advance(60_000);
    await settled();
    clock.advance(HOUR);
    await settled();
    expect(tries).toBe(2);
    stop();
  });
});

describe('what a server keeps for a time', () => {
  it('is gone from histories after HISTORY_DAYS, and from the ledger within the hour', async () => {
    const clock = createFakeClock();
    await using server = await startTestServer({ clock, config: { historyLife: 2 * DAY } });
    const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    const [from, to] = [ada.account.userId, bob.account.userId];
    await server.store.calls.save(endedRecord(from, to, clock.now()));
    const entries = async () => (await server.store.history.page(from, { limit: 9 })).entries.length;
    clock.advance(2 * HOUR);
    await settled();
    expect([await entries(), await server.store.calls.recent(0)]).toEqual([1, []]);
    for (let hour = 0; hour < 48; hour += 1) {
      clock.advance(HOUR);
      await settled();
    }
    expect(await entries()).toBe(0);
  });

  it('includes that a contact request was declined, until 30 days after it was withdrawn', async () => {
    const clock = createFakeClock();
    const asked: number[] = [];
    await using server = await startTestServer({
      clock,
      deps: (deps) => ({
        ...deps,
        store: {
          ...deps.store,
          requests: {
            ...deps.store.requests,
            forgetWithdrawnBefore: (time) => Promise.resolve(asked.push(clock.now() - time)),
          },
        },
      }),
    });
    clock.advance(60_000);
    await until('it is deleted', () => asked.length > 0);
    expect(asked).toEqual([30 * DAY]);
    expect(await server.store.requests.forgetWithdrawnBefore(0)).toBe(0);
  });

  it('leaves not a byte in the files once it is deleted', async () => {
    const folder = temporaryFolder();
    const store = await openSqliteStore(join(folder, 'quick-call.db'), 0);
    const bytes = (): string =>
      readdirSync(folder)
        .map((name) => readFileSync(join(folder, name), 'latin1'))
        .join('');
    const userIds = ['5d3c1a52-9d6f-4a53-8a53-0d1c2b3a4f5e', '6d3c1a52-9d6f-4a53-8a53-0d1c2b3a4f5e'] as const;
    for (const [index, userId] of userIds.entries()) {
      const username = `person${String(index)}`;
      const account = { userId, username, displayName: username, passwordHash: 'x', createdAt: 0 };
      await store.accounts.create({ ...account, chosenStatus: 'available' });
    }
    const records = Array.from({ length: 200 }, () => endedRecord(...userIds));
    for (const record of records) await store.calls.save(record);
    const found = (): number => {
      const all = bytes();
      return records.filter(({ callId }) => all.includes(callId)).length;
    };
    await store.scrub();
    expect(found()).toBe(records.length);

    await store.history.removeBefore(Infinity);
    await store.calls.removeEndedBefore(Infinity);
    await store.scrub();
    expect(found()).toBe(0);
    expect(bytes()).toContain('person0');
    await store.close();
  });
});
