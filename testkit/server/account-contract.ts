import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { ringingRecord } from './call-records.ts';
import { NOW, testAccount, type Populated } from './contract-people.ts';

/** What every implementation does with accounts and their pictures. */
export const describeAccounts = (open: () => Populated): void => {
  it('keeps accounts, found by id and by name', async () => {
    const { store, ada } = open();
    expect(await store.accounts.byId(ada.userId)).toEqual(ada);
    expect(await store.accounts.byUsername('ada')).toEqual(ada);
    expect(await store.accounts.byId(randomUUID())).toBeNull();
    expect(await store.accounts.byUsername('eve')).toBeNull();
    expect(await store.accounts.count()).toBe(2);
    expect((await store.accounts.all()).map(({ username }) => username)).toEqual(['ada', 'bob']);
  });

  it('gives a username to one account only, also when two ask for it at the same time', async () => {
    const { store, ada } = open();
    expect(await store.accounts.create(testAccount('ada'))).toBe(false);
    const both = await Promise.all([
      store.accounts.create(testAccount('eve')),
      store.accounts.create(testAccount('eve')),
    ]);
    expect(both.sort()).toEqual([false, true]);
    expect(await store.accounts.byUsername('ada')).toEqual(ada);
  });

  it('changes the display name', async () => {
    const { store, ada, bob } = open();
    const { userId, username } = ada;
    expect(await store.accounts.rename(userId, 'Countess')).toEqual({
      userId,
      username,
      displayName: 'Countess',
    });
    expect(await store.accounts.byId(userId)).toEqual({ ...ada, displayName: 'Countess' });
    expect(await store.accounts.byId(bob.userId)).toEqual(bob);
    expect(await store.accounts.rename(randomUUID(), 'Nobody')).toBeNull();
  });

  it('changes a password only if it has not changed since it was read', async () => {
    const { store, ada, bob } = open();
    const was = ada.passwordHash ?? '';
    expect(await store.accounts.changePassword(ada.userId, { was, hash: 'new' })).toBe(true);
    expect(await store.accounts.changePassword(ada.userId, { was, hash: 'newer' })).toBe(false);
    expect(await store.accounts.byId(ada.userId)).toEqual({ ...ada, passwordHash: 'new' });
    expect(await store.accounts.byId(bob.userId)).toEqual(bob);
  });

  it('finds nothing of a deleted account, whose calls stay and whose name is free', async () => {
    const { store, ada, bob } = open();
    const call = ringingRecord(ada.userId, bob.userId);
    await store.calls.save(call);
    expect(await store.accounts.leaveTombstone(ada.userId, NOW + 1)).toBe(true);
    expect(await store.accounts.leaveTombstone(ada.userId, NOW + 2)).toBe(false);
    expect(await store.accounts.byId(ada.userId)).toBeNull();
    expect(await store.accounts.byUsername('ada')).toBeNull();
    expect(await store.accounts.rename(ada.userId, 'Ghost')).toBeNull();
    expect(await store.accounts.changePassword(ada.userId, { was: '', hash: 'x' })).toBe(false);
    expect((await store.accounts.all()).map(({ username }) => username)).toEqual(['bob']);
    expect(await store.accounts.count()).toBe(1);
    expect(await store.calls.recent(NOW)).toEqual([call]);
    const another = testAccount('ada');
    expect(await store.accounts.create(another)).toBe(true);
    expect(await store.accounts.byUsername('ada')).toEqual(another);
  });

  it('keeps one picture for each person, named by the account', async () => {
    const { store, ada } = open();
    const [first, second] = ['a'.repeat(22), 'b'.repeat(22)];
    const picture = { type: 'image/png', bytes: Uint8Array.of(0, 1, 255) } as const;
    expect(await store.pictures.of(ada.userId)).toBeNull();
    expect(await store.pictures.put(ada.userId, first, picture)).toMatchObject({ picture: first });
    expect(await store.pictures.of(ada.userId)).toEqual(picture);
    const other = { type: 'image/webp', bytes: Uint8Array.of(7) } as const;
    await store.pictures.put(ada.userId, second, other);
    expect(await store.pictures.of(ada.userId)).toEqual(other);
    expect(await store.accounts.byId(ada.userId)).toEqual({ ...ada, picture: second });
    expect((await store.accounts.all()).map(({ picture: hash }) => hash)).toEqual([second, undefined]);
    expect(await store.pictures.put(randomUUID(), first, picture)).toBeNull();
    expect(await store.pictures.remove(ada.userId)).toMatchObject({ userId: ada.userId });
    expect(await store.accounts.byId(ada.userId)).toEqual(ada);
    expect(await store.pictures.of(ada.userId)).toBeNull();
  });
};
