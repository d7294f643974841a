import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { CallRecord } from '../../server/calls/call-record.ts';
import { endedRecord, ringingRecord } from './call-records.ts';
import { NOW, type Populated } from './contract-people.ts';

/** What every implementation does with the records of calls. */
export const describeCalls = (open: () => Populated): void => {
  it('keeps calls through their states, and returns those that are running or have just ended', async () => {
    const { store, ada, bob } = open();
    const first = ringingRecord(ada.userId, bob.userId);
    const second = { ...ringingRecord(bob.userId, ada.userId), placedAt: NOW + 1 };
    await store.calls.save(second);
    await store.calls.save(first);
    expect(await store.calls.recent(NOW)).toEqual([first, second]);
    const active: CallRecord = {
      ...first,
      state: 'active',
      v: 3,
      callee: { sessionId: randomUUID(), instanceId: randomUUID() },
      acceptedAt: NOW + 2,
      connectedAt: NOW + 3,
    };
    await store.calls.save(active);
    await store.calls.save({ ...second, state: 'ended', reason: 'no-answer', v: 2, endedAt: NOW + 4 });
    expect(await store.calls.recent(NOW + 4)).toEqual([active]);
    expect((await store.calls.recent(NOW + 3)).map(({ reason }) => reason)).toEqual([null, 'no-answer']);
  });

  it('never lets a lower version overwrite a higher one, but lets the same one be written again', async () => {
    const { store, ada, bob } = open();
    const call = ringingRecord(ada.userId, bob.userId);
    const connecting: CallRecord = { ...call, state: 'connecting', v: 2, acceptedAt: NOW + 1 };
    await store.calls.save(connecting);
    await store.calls.save(call);
    expect(await store.calls.recent(NOW)).toEqual([connecting]);
    await store.calls.save(connecting);
    expect(await store.calls.recent(NOW)).toEqual([connecting]);
  });

  it('lets a later call under an old id take its place', async () => {
    const { store, ada, bob } = open();
    const old: CallRecord = {
      ...ringingRecord(ada.userId, bob.userId),
      state: 'ended',
      v: 4,
      reason: 'hung-up',
      endedAt: NOW,
    };
    await store.calls.save(old);
    const later = { ...ringingRecord(bob.userId, ada.userId), callId: old.callId, placedAt: NOW + 1 };
    await store.calls.save(later);
    expect(await store.calls.recent(0)).toEqual([later]);
    await store.calls.save({ ...later, state: 'ended', v: 2, reason: 'cancelled', endedAt: NOW + 2 });
    expect((await store.history.page(ada.userId, { limit: 9 })).entries).toHaveLength(2);
  });

  it('forgets calls that ended long enough ago, and leaves histories alone', async () => {
    const { store, ada, bob } = open();
    const ended = endedRecord(ada.userId, bob.userId);
    await store.calls.save(ended);
    await store.calls.save(ringingRecord(ada.userId, bob.userId));
    expect(await store.calls.removeEndedBefore(ended.endedAt ?? 0)).toBe(0);
    expect(await store.calls.removeEndedBefore((ended.endedAt ?? 0) + 1)).toBe(1);
    expect((await store.calls.recent(0)).map(({ state }) => state)).toEqual(['ringing']);
    expect((await store.history.page(ada.userId, { limit: 9 })).entries).toHaveLength(1);
  });

  it('adds a call to the histories once, even if several nodes end it at the same time', async () => {
    const { store, ada, bob } = open();
    const ended = endedRecord(ada.userId, bob.userId);
    await Promise.all(Array.from({ length: 8 }, () => store.calls.save(ended)));
    expect((await store.history.page(ada.userId, { limit: 9 })).entries).toHaveLength(1);
    expect((await store.history.missed(bob.userId)).count).toBe(1);
  });

  it('enforces that calls belong to accounts', async () => {
    const { store, ada, bob } = open();
    const call = { ...ringingRecord(ada.userId, bob.userId), callerId: randomUUID() };
    await expect(store.calls.save(call)).rejects.toThrow();
  });
};
