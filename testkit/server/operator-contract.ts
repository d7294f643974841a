import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { UserId } from '../../protocol/ids.ts';
import type { Store } from '../../server/store.ts';

const NOW = 1_800_000_000_000;
const DAY = 86_400_000;

/** What every implementation shows an operator, and what it lets an operator do. */
export const describeOperator = (open: () => { store: Store; ada: UserId; bob: UserId }): void => {
  const signIn = async (store: Store, userId: UserId, seenAt: number) => {
    const sessionId = randomUUID();
    await store.sessions.create({
      sessionId,
      userId,
      tokenHash: randomUUID(),
      createdAt: NOW,
      seenAt,
      expiresAt: NOW + 1000,
      deviceName: 'Chrome on Linux',
      toldUntil: NOW,
    });
    return sessionId;
  };

  it('lists accounts and devices', async () => {
    const { store, ada, bob } = open();
    const [older, newer] = [await signIn(store, ada, NOW + 1), await signIn(store, ada, NOW + 5)];
    const bobs = await signIn(store, bob, NOW + 3);
    expect(await store.operator.setDisabled(bob, true)).toBe(true);
    expect(await store.operator.accounts()).toMatchObject([
      { username: 'ada', seenAt: NOW + 5, sessions: 2, disabled: false },
      { username: 'bob', seenAt: NOW + 3, sessions: 1, disabled: true },
    ]);
    const ids = async (userId?: UserId) =>
      (await store.operator.sessions(userId)).map(({ sessionId }) => sessionId);
    expect(await ids()).toEqual([newer, bobs, older]);
    expect(await ids(bob)).toEqual([bobs]);
    await store.accounts.leaveTombstone(bob, NOW);
    expect((await store.operator.accounts()).map(({ username }) => username)).toEqual(['ada']);
  });

  it('disables and enables accounts', async () => {
    const { store, ada, bob } = open();
    expect(await store.operator.setDisabled(ada, false)).toBe(false);
    expect(await store.operator.setDisabled(ada, true)).toBe(true);
    expect(await store.operator.setDisabled(ada, true)).toBe(false);
    expect(await store.operator.isDisabled(ada)).toBe(true);
    expect(await store.operator.isDisabled(bob)).toBe(false);
    expect(await store.operator.setDisabled(ada, false)).toBe(true);
    expect(await store.operator.isDisabled(ada)).toBe(false);
  });

  it('sets a password', async () => {
    const { store, ada, bob } = open();
    await store.operator.setPassword(ada, 'new hash');
    expect((await store.accounts.byId(ada))?.passwordHash).toBe('new hash');
    expect((await store.accounts.byId(bob))?.passwordHash).not.toBe('new hash');
  });

  it('passes on the operator’s changes, in order, for a day', async () => {
    const { store, ada, bob } = open();
    const sessionId = randomUUID();
    expect(await store.operator.lastChange()).toBe(0);
    await store.operator.recordChange({ kind: 'account-created', userId: ada }, NOW);
    const first = await store.operator.lastChange();
    await store.operator.recordChange({ kind: 'session-revoked', userId: ada, sessionId }, NOW + 1);
    await store.operator.recordChange({ kind: 'account-deleted', userId: bob }, NOW + 2);
    expect((await store.operator.changesAfter(first)).map(({ change }) => change)).toEqual([
      { kind: 'session-revoked', userId: ada, sessionId },
      { kind: 'account-deleted', userId: bob },
    ]);
    const last = await store.operator.lastChange();
    await store.operator.recordChange({ kind: 'account-created', userId: bob }, NOW + 2 * DAY);
    expect(await store.operator.changesAfter(0)).toHaveLength(1);
    expect((await store.operator.changesAfter(0))[0]?.number).toBeGreaterThan(last);
  });

  it('shows messages in the order of their numbers, even if several are written at once', async () => {
    const { store, ada } = open();
    const heard: number[] = [];
    const listen = async (): Promise<void> => {
      const words = await store.operator.changesAfter(heard.at(-1) ?? 0);
      heard.push(...words.map(({ number }) => number));
    };
    const leave = Array.from({ length: 20 }, () =>
      store.atomically(async ({ operator, accounts }) => {
        await operator.recordChange({ kind: 'account-created', userId: ada }, NOW);
        await accounts.count();
      }),
    );
    for (const each of leave) await Promise.all([listen(), each]);
    await listen();
    expect(heard).toHaveLength(20);
  });
};
