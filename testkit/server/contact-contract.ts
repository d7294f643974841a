import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { testAccount, type Populated } from './contract-people.ts';

/** The contract of every implementation that stores relations between people. */
export const describeContacts = (open: () => Populated): void => {
  it('keeps blocks, each direction separately, and accepts a repeated block', async () => {
    const { store, ada, bob } = open();
    const { blocks } = store;
    for (let times = 0; times < 2; times += 1) await blocks.block(ada.userId, bob.userId);
    expect(await blocks.isBlocked(ada.userId, bob.userId)).toBe(true);
    expect(await blocks.isBlocked(bob.userId, ada.userId)).toBe(false);
    const { userId, username, displayName } = bob;
    expect(await blocks.blockedBy(ada.userId)).toEqual([{ userId, username, displayName }]);
    expect(await blocks.blockersOf(bob.userId)).toEqual(new Set([ada.userId]));
    expect(await blocks.blockedBy(bob.userId)).toEqual([]);
    expect(await blocks.blockersOf(ada.userId)).toEqual(new Set());
    for (let times = 0; times < 2; times += 1) await blocks.unblock(ada.userId, bob.userId);
    expect(await blocks.isBlocked(ada.userId, bob.userId)).toBe(false);
    await expect(blocks.block(ada.userId, randomUUID())).rejects.toThrow();
  });

  it('forgets the blocks of a person, and those of others about them', async () => {
    const { store, ada, bob } = open();
    const { blocks } = store;
    const eve = testAccount('eve');
    await store.accounts.create(eve);
    await blocks.block(ada.userId, bob.userId);
    await blocks.block(bob.userId, ada.userId);
    await blocks.block(eve.userId, bob.userId);
    await blocks.forget(ada.userId);
    expect(await blocks.isBlocked(ada.userId, bob.userId)).toBe(false);
    expect(await blocks.isBlocked(bob.userId, ada.userId)).toBe(false);
    expect(await blocks.isBlocked(eve.userId, bob.userId)).toBe(true);
  });

  it('keeps marks by person, replaces and removes them', async () => {
    const { store, ada, bob } = open();
    const favourite = { favourite: true, ringsThrough: false };
    const through = { favourite: true, ringsThrough: true };
    await store.marks.mark(ada.userId, bob.userId, favourite);
    await store.marks.mark(ada.userId, bob.userId, favourite);
    expect(await store.marks.of(ada.userId)).toEqual(new Map([[bob.userId, favourite]]));
    expect(await store.marks.of(bob.userId)).toEqual(new Map());
    expect(await store.marks.ringsThrough(bob.userId, ada.userId)).toBe(false);
    await store.marks.mark(ada.userId, bob.userId, through);
    expect(await store.marks.of(ada.userId)).toEqual(new Map([[bob.userId, through]]));
    expect(await store.marks.ringsThrough(bob.userId, ada.userId)).toBe(true);
    expect(await store.marks.isFavourite(bob.userId, ada.userId)).toBe(true);
    expect(await store.marks.isFavourite(ada.userId, bob.userId)).toBe(false);
    expect(await store.marks.ringsThrough(ada.userId, bob.userId)).toBe(false);
    await store.marks.mark(ada.userId, bob.userId, { favourite: false, ringsThrough: false });
    expect(await store.marks.of(ada.userId)).toEqual(new Map());
    expect(await store.marks.ringsThrough(bob.userId, ada.userId)).toBe(false);
  });

  it('forgets the marks between two people, and all about one', async () => {
    const { store, ada, bob } = open();
    const eve = testAccount('eve');
    await store.accounts.create(eve);
    const favourite = { favourite: true, ringsThrough: false };
    const everybody = [ada, bob, eve].map(({ userId }) => userId);
    const markAll = async (): Promise<void> => {
      for (const from of everybody) {
        for (const to of everybody) if (from !== to) await store.marks.mark(from, to, favourite);
      }
    };
    const left = async (): Promise<string[]> => {
      const kept = await Promise.all([ada, bob, eve].map(({ userId }) => store.marks.of(userId)));
      return [ada, bob, eve].map(({ username }, i) => `${username}: ${String(kept[i]?.size)}`);
    };
    await markAll();
    await store.marks.forgetBetween(ada.userId, bob.userId);
    expect(await left()).toEqual(['ada: 1', 'bob: 1', 'eve: 2']);
    await markAll();
    await store.marks.forget(eve.userId);
    expect(await left()).toEqual(['ada: 1', 'bob: 1', 'eve: 0']);
  });
};
