import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../protocol/history/history.ts';
import type { UserId } from '../../protocol/ids.ts';
import type { CallRecord } from '../../server/calls/call-record.ts';
import type { Store } from '../../server/store.ts';
import { endedRecord } from './call-records.ts';

const NOW = 1_800_000_000_000;

/** What every implementation of people's histories does; run it against each. */
export const describeHistoryStore = (name: string, open: () => Promise<Store>): void => {
  describe(`${name}: histories`, () => {
    let store: Store;
    let [ada, bob, cy] = ['', '', ''];
    const signUp = async (username: string): Promise<UserId> => {
      const userId = randomUUID();
      const displayName = username.toUpperCase();
      const account = { userId, username, displayName, passwordHash: '$argon2id$…', createdAt: NOW };
      await store.accounts.create({ ...account, chosenStatus: 'available' });
      return userId;
    };
    const save = async (record: CallRecord): Promise<CallRecord> => {
      await store.calls.save(record);
      return record;
    };
    const all = async (userId: UserId): Promise<HistoryEntry[]> =>
      (await store.history.page(userId, { limit: 100 })).entries;
    const idsOf = (entries: readonly HistoryEntry[]): string[] => entries.map(({ callId }) => callId);

    beforeEach(async () => {
      store = await open();
      [ada, bob, cy] = [await signUp('ada'), await signUp('bob'), await signUp('cyril')];
    });
    afterEach(() => store.close());

    it('get a call when it ends and not before, however often it is written', async () => {
      const ended = endedRecord(ada, bob);
      await save({ ...ended, state: 'ringing', v: 1, reason: null, endedAt: null });
      expect(await all(ada)).toEqual([]);
      const lasted = {
        ...ended,
        reason: 'hung-up',
        connectedAt: NOW + 5_000,
        endedAt: NOW + 65_000,
      } as const;
      await save(lasted);
      await save(lasted);
      const { callId, media, placedAt } = lasted;
      const facts = { callId, media, placedAt, reason: 'hung-up', duration: 60_000 };
      const person = (userId: UserId, username: string) => ({
        userId,
        username,
        displayName: username.toUpperCase(),
      });
      expect(await all(ada)).toEqual([{ ...facts, person: person(bob, 'bob'), direction: 'outgoing' }]);
      expect(await all(bob)).toEqual([{ ...facts, person: person(ada, 'ada'), direction: 'incoming' }]);
      expect(await all(cy)).toEqual([]);
    });

    it('get nothing at the callee of a call without a trace', async () => {
      await save({ ...endedRecord(ada, bob), reason: 'unreachable', traceless: true });
      expect(await all(ada)).toMatchObject([{ reason: 'unreachable', direction: 'outgoing' }]);
      expect(await all(bob)).toEqual([]);
      expect(await store.history.missed(bob)).toEqual({ count: 0, latest: null });
    });

    it('are paged from the newest on, with calls of the same moment on one side of the cut', async () => {
      const saved: CallRecord[] = [];
      for (let i = 0; i < 23; i += 1) {
        // Three calls of each moment.
        saved.push(await save(endedRecord(i % 2 ? ada : bob, i % 2 ? bob : ada, NOW + Math.floor(i / 3))));
      }
      const read: HistoryEntry[] = [];
      let before: string | undefined;
      do {
        const page = await store.history.page(ada, { limit: 4, ...(before !== undefined && { before }) });
        expect(page.entries.length).toBeLessThanOrEqual(4);
        read.push(...page.entries);
        before = page.next ?? undefined;
        // Calls that are added or removed meanwhile do not move the entries that are still to be read.
        await save(endedRecord(ada, bob, NOW + 1_000 + read.length));
        await store.history.remove(ada, read.at(-1)?.callId ?? '');
      } while (before !== undefined);
      expect(new Set(idsOf(read))).toEqual(new Set(saved.map(({ callId }) => callId)));
      expect(read).toHaveLength(23);
      const times = read.map(({ placedAt }) => placedAt);
      expect(times).toEqual([...times].sort((a, b) => b - a));
    });

    it('end exactly at a full page', async () => {
      await save(endedRecord(ada, bob));
      expect((await store.history.page(ada, { limit: 1 })).next).toBeNull();
    });

    it('refuse an invented cursor', async () => {
      await expect(store.history.page(ada, { limit: 1, before: 'x' })).rejects.toThrow('bad-request');
    });

    it('count what was missed until it is seen', async () => {
      await save(endedRecord(ada, bob, NOW));
      const latest = await save({ ...endedRecord(cy, bob, NOW + 1), reason: 'cancelled' });
      await save({ ...endedRecord(cy, bob, NOW + 2), reason: 'declined' });
      expect(await store.history.missed(bob)).toMatchObject({
        count: 2,
        latest: { callId: latest.callId, person: { username: 'cyril' } },
      });
      expect((await store.history.missed(ada)).count).toBe(0);
      expect(await store.history.see(ada)).toBe(false);
      expect(await store.history.see(bob)).toBe(true);
      expect(await store.history.see(bob)).toBe(false);
      expect(await store.history.missed(bob)).toEqual({ count: 0, latest: null });
      expect(await all(bob)).toHaveLength(3);
    });

    it('are deleted by one person for that person only', async () => {
      const [first, second] = [await save(endedRecord(ada, bob)), await save(endedRecord(bob, ada, NOW + 1))];
      expect(await store.history.remove(cy, first.callId)).toBe(false);
      expect(await store.history.remove(ada, first.callId)).toBe(true);
      expect(await store.history.remove(ada, first.callId)).toBe(false);
      expect(idsOf(await all(ada))).toEqual([second.callId]);
      // Writing the end again does not bring it back.
      await save(first);
      expect(await store.history.clear(ada)).toBe(true);
      expect(await store.history.clear(ada)).toBe(false);
      expect(await all(ada)).toEqual([]);
      expect(idsOf(await all(bob))).toEqual([second.callId, first.callId]);
      expect((await store.history.missed(ada)).count).toBe(0);
    });

    it('keep a call with somebody whose account is deleted, without their name, and give that account no new one', async () => {
      await save(endedRecord(ada, bob));
      await store.accounts.leaveTombstone(bob, NOW + 1);
      expect(await all(ada)).toMatchObject([{ person: null, direction: 'outgoing' }]);
      await store.history.clear(bob);
      await save(endedRecord(ada, bob, NOW + 2));
      expect([(await all(ada)).length, (await all(bob)).length]).toEqual([2, 0]);
    });

    it('lose everybody’s entries of calls before a time', async () => {
      await save(endedRecord(ada, bob, NOW));
      const kept = await save(endedRecord(ada, bob, NOW + 1));
      expect(await store.history.removeBefore(NOW + 1)).toBe(2);
      expect(idsOf([...(await all(ada)), ...(await all(bob))])).toEqual([kept.callId, kept.callId]);
    });
  });
};
