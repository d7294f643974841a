import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { NOW, testAccount, type Populated } from './contract-people.ts';

/** What every implementation does with contacts, with requests and codes to become one, and with hidden addresses. */
export const describeContactRequests = (open: () => Populated): void => {
  it('keeps contacts both ways, also when both add each other at once', async () => {
    const { store, ada, bob } = open();
    const { contacts } = store;
    const rounds = Array.from({ length: 10 }, () => [
      contacts.add(ada.userId, bob.userId),
      contacts.add(bob.userId, ada.userId),
    ]);
    await Promise.all(rounds.flat());
    const { userId, username, displayName } = bob;
    const [listed] = await store.profiles.contacts(ada.userId);
    expect(listed?.person).toEqual({ userId, username, displayName });
    expect(await contacts.has(bob.userId, ada.userId)).toBe(true);
    expect(await contacts.hasNamed(bob.userId, 'ada')).toBe(true);
    expect(await contacts.hasNamed(bob.userId, 'eve')).toBe(false);
    expect([await contacts.count(ada.userId), await contacts.count(bob.userId)]).toEqual([1, 1]);
    await contacts.remove(bob.userId, ada.userId);
    expect(await contacts.has(ada.userId, bob.userId)).toBe(false);
    await contacts.add(ada.userId, bob.userId);
    await contacts.forget(bob.userId);
    expect(await contacts.count(ada.userId)).toBe(0);
  });

  it('lists people by the code points of their names, wherever the database was made', async () => {
    const { store, ada } = open();
    const names = ['Éva', 'adam', 'Zoë', '李', 'Ähre', 'eva'];
    for (const [i, displayName] of names.entries()) {
      const other = { ...testAccount(`person${String(i)}`), displayName };
      await store.accounts.create(other);
      await store.contacts.add(ada.userId, other.userId);
    }
    const listed = (await store.profiles.contacts(ada.userId)).map(({ person }) => person.displayName);
    expect(listed).toEqual(['Zoë', 'adam', 'eva', 'Ähre', 'Éva', '李']);
  });

  it('keeps each request by username once, and hides declined ones from their recipient', async () => {
    const { store, ada, bob } = open();
    const { requests } = store;
    const eve = testAccount('eve');
    await store.accounts.create(eve);
    await requests.ask(ada.userId, 'bob', NOW);
    await requests.ask(ada.userId, 'bob', NOW + 5);
    await requests.ask(ada.userId, 'nobody', NOW + 1);
    await requests.ask(eve.userId, 'bob', NOW + 2);
    const incoming = async () => (await requests.to(bob, 9)).map(({ username, at }) => [username, at]);
    expect(await incoming()).toEqual([
      ['eve', NOW + 2],
      ['ada', NOW],
    ]);
    expect(await requests.to(bob, 1)).toHaveLength(1);
    expect(await requests.by(ada.userId)).toEqual([
      { username: 'nobody', at: NOW + 1 },
      { username: 'bob', at: NOW },
    ]);
    await store.blocks.block(bob.userId, eve.userId);
    await requests.decline(ada.userId, 'bob');
    expect(await incoming()).toEqual([]);
    expect(await requests.has(ada.userId, 'bob')).toBe(true);
    await requests.withdraw(ada.userId, 'bob', NOW + 6);
    expect(await requests.has(ada.userId, 'bob')).toBe(false);
    await requests.forget(bob);
    expect(await requests.has(eve.userId, 'bob')).toBe(false);
    expect(await requests.by(ada.userId)).toHaveLength(1);
  });

  it('remembers the decline of a withdrawn request until it is answered or forgotten', async () => {
    const { store, ada, bob } = open();
    const { requests } = store;
    const shown = async () => (await requests.to(bob, 9)).length;
    await requests.ask(ada.userId, 'bob', NOW);
    await requests.withdraw(ada.userId, 'bob', NOW + 1);
    await requests.ask(ada.userId, 'bob', NOW + 2);
    expect(await shown()).toBe(1);
    await requests.decline(ada.userId, 'bob');
    for (let times = 0; times < 2; times += 1) await requests.withdraw(ada.userId, 'bob', NOW + 3);
    expect([await requests.has(ada.userId, 'bob'), await requests.by(ada.userId)]).toEqual([false, []]);
    await requests.ask(ada.userId, 'bob', NOW + 4);
    expect(await shown()).toBe(0);
    // To the person who asked, this request looks like any other.
    expect(await requests.by(ada.userId)).toEqual([{ username: 'bob', at: NOW + 4 }]);
    expect(await requests.forgetWithdrawnBefore(NOW + 9)).toBe(0);
    await requests.withdraw(ada.userId, 'bob', NOW + 5);
    expect(await requests.forgetWithdrawnBefore(NOW + 5)).toBe(0);
    expect(await requests.forgetWithdrawnBefore(NOW + 6)).toBe(1);
    await requests.ask(ada.userId, 'bob', NOW + 7);
    expect(await shown()).toBe(1);
    await requests.decline(ada.userId, 'bob');
    await requests.settle(ada.userId, 'bob');
    await requests.ask(ada.userId, 'bob', NOW + 8);
    expect(await shown()).toBe(1);
  });

  it('allows one code for each person, for as many uses as it says, also two at once, until it expires', async () => {
    const { store, ada, bob } = open();
    const { contactCodes } = store;
    const code = { ownerId: ada.userId, codeHash: randomUUID(), expiresAt: NOW + 10, uses: 1 };
    await contactCodes.put({ ...code, codeHash: 'earlier' });
    await contactCodes.put(code);
    expect(await contactCodes.byHash('earlier', NOW)).toBeNull();
    expect(await contactCodes.byHash(code.codeHash, NOW)).toEqual(code);
    expect(await contactCodes.byOwner(ada.userId, NOW)).toEqual(code);
    expect(await contactCodes.byOwner(ada.userId, NOW + 10)).toBeNull();
    expect(await contactCodes.byOwner(bob.userId, NOW)).toBeNull();
    const both = [contactCodes.use(code.codeHash, NOW), contactCodes.use(code.codeHash, NOW)];
    expect((await Promise.all(both)).sort()).toEqual([false, true]);
    expect(await contactCodes.byHash(code.codeHash, NOW)).toBeNull();
    await contactCodes.remove(ada.userId);
  });

  it('keeps which people hide their address', async () => {
    const { store, ada, bob } = open();
    for (let times = 0; times < 2; times += 1) await store.privacy.hideAddress(ada.userId, true);
    expect(await store.privacy.hidesAddress(ada.userId)).toBe(true);
    expect(await store.privacy.hidesAddress(bob.userId)).toBe(false);
    await store.privacy.hideAddress(ada.userId, false);
    expect(await store.privacy.hidesAddress(ada.userId)).toBe(false);
  });
};
