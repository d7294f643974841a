import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { LIMITS } from '../../protocol/limits.ts';
import type { StoredSession } from '../../server/account/session-store.ts';
import { NOW, type Populated } from './contract-people.ts';

const session = (userId: string, expiresAt = NOW + 1000): StoredSession => ({
  sessionId: randomUUID(),
  userId,
  tokenHash: randomUUID(),
  deviceName: 'Chromium on Linux',
  toldUntil: NOW,
  createdAt: NOW,
  seenAt: NOW,
  expiresAt,
});

/** What every implementation does with sessions. */
export const describeSessions = (open: () => Populated): void => {
  it('signs a person out everywhere, or everywhere else', async () => {
    const { store, ada, bob } = open();
    const [here, there, elsewhere] = [session(ada.userId), session(ada.userId), session(ada.userId)];
    const bobs = session(bob.userId);
    for (const each of [here, there, elsewhere, bobs]) await store.sessions.create(each);
    const removed = await store.sessions.removeOf(ada.userId, here.sessionId);
    expect(removed.sort()).toEqual([there.sessionId, elsewhere.sessionId].sort());
    expect(await store.sessions.byId(here.sessionId)).toEqual(here);
    expect(await store.sessions.removeOf(ada.userId)).toEqual([here.sessionId]);
    expect(await store.sessions.removeOf(ada.userId)).toEqual([]);
    expect(await store.sessions.byId(bobs.sessionId)).toEqual(bobs);
  });

  it('keeps sessions, extends and removes them', async () => {
    const { store, ada } = open();
    const kept = session(ada.userId);
    await store.sessions.create(kept);
    expect(await store.sessions.byTokenHash(kept.tokenHash)).toEqual(kept);
    await store.sessions.touch(kept.sessionId, NOW + 5, NOW + 9);
    expect(await store.sessions.byId(kept.sessionId)).toEqual({
      ...kept,
      seenAt: NOW + 5,
      expiresAt: NOW + 9,
    });
    expect(await store.sessions.remove(kept.sessionId)).toBe(true);
    expect(await store.sessions.remove(kept.sessionId)).toBe(false);
    await store.sessions.touch(kept.sessionId, NOW, NOW + 9);
    expect(await store.sessions.byTokenHash(kept.tokenHash)).toBeNull();
  });

  it('removes sessions that have expired, and no others', async () => {
    const { store, ada, bob } = open();
    const [over, ending, good] = [
      session(ada.userId, NOW - 1),
      session(bob.userId, NOW),
      session(bob.userId, NOW + 1),
    ];
    for (const each of [over, ending, good]) await store.sessions.create(each);
    expect(await store.sessions.removeExpired(NOW)).toBe(2);
    expect(await store.sessions.byId(good.sessionId)).toEqual(good);
    expect(await store.sessions.byId(over.sessionId)).toBeNull();
  });

  it('returns a person’s valid sessions, the last used first', async () => {
    const { store, ada, bob } = open();
    const [first, second, over, other] = [
      session(ada.userId),
      { ...session(ada.userId), seenAt: NOW + 1, deviceName: null },
      session(ada.userId, NOW),
      session(bob.userId),
    ];
    for (const each of [first, second, over, other]) await store.sessions.create(each);
    expect(await store.sessions.ofUser(ada.userId, NOW)).toEqual([second, first]);
    expect(await store.sessions.ofUser(randomUUID(), NOW)).toEqual([]);
  });

  it('keeps the sessions used last, however many are created, at once or one after the other', async () => {
    const { store, ada, bob } = open();
    const bobs = session(bob.userId);
    await store.sessions.create(bobs);
    const old = Array.from({ length: LIMITS.devices }, (_, i) => ({
      ...session(ada.userId),
      seenAt: NOW - 1000 + i,
    }));
    const out: string[] = [];
    for (const each of old) out.push(...(await store.sessions.create(each)));
    expect(out).toEqual([]);
    const more = Array.from({ length: 10 }, () => session(ada.userId));
    out.push(...(await Promise.all(more.map((each) => store.sessions.create(each)))).flat());
    expect(out.sort()).toEqual(
      old
        .slice(0, 10)
        .map(({ sessionId }) => sessionId)
        .sort(),
    );
    const kept = await store.sessions.ofUser(ada.userId, NOW);
    expect(kept).toHaveLength(LIMITS.devices);
    expect(kept).toEqual(expect.arrayContaining(more));
    expect(await store.sessions.byId(bobs.sessionId)).toEqual(bobs);
  });

  it('notes up to which time each session has been told of new ones, and never takes it back', async () => {
    const { store, ada } = open();
    const [one, two] = [session(ada.userId), session(ada.userId)];
    for (const each of [one, two]) await store.sessions.create(each);
    await store.sessions.told([one.sessionId], NOW + 5);
    await store.sessions.told([one.sessionId], NOW + 3);
    await store.sessions.told([], NOW + 9);
    expect(await store.sessions.byId(one.sessionId)).toEqual({ ...one, toldUntil: NOW + 5 });
    expect(await store.sessions.byId(two.sessionId)).toEqual(two);
  });

  it('enforces that sessions belong to accounts', async () => {
    const { store } = open();
    await expect(store.sessions.create(session(randomUUID()))).rejects.toThrow();
  });
};
