import { expect, it } from 'vitest';
import { NOW, type Populated } from './contract-people.ts';

const [FIRST, SECOND] = ['a'.repeat(22), 'b'.repeat(22)];
const picture = (byte: number) => ({ type: 'image/png', bytes: Uint8Array.of(byte) }) as const;

/** The contract of every implementation that stores the profiles which people see of each other. */
export const describeProfiles = (open: () => Populated): void => {
  it('holds a new name and picture back from others until the person is seen again', async () => {
    const { store, ada, bob } = open();
    const { profiles, pictures, accounts } = store;
    await store.atomically((stores) => stores.pictures.put(ada.userId, FIRST, picture(1)));
    await profiles.release(ada.userId);
    await accounts.rename(ada.userId, 'Countess');
    await store.atomically((stores) => stores.pictures.put(ada.userId, SECOND, picture(2)));
    expect(await profiles.published(ada.userId)).toMatchObject({ displayName: 'ADA', picture: FIRST });
    expect(await profiles.everyone(bob.userId)).toMatchObject([{ person: { displayName: 'ADA' } }]);
    expect(await pictures.shownTo(bob.userId, ada.userId)).toMatchObject({ bytes: Uint8Array.of(1) });
    expect(await pictures.of(ada.userId)).toMatchObject({ bytes: Uint8Array.of(2) });
    const person = { displayName: 'Countess', picture: SECOND };
    expect(await profiles.release(ada.userId)).toMatchObject({ person, changed: true, thawed: [] });
    expect(await profiles.release(ada.userId)).toMatchObject({ changed: false });
    expect(await pictures.shownTo(bob.userId, ada.userId)).toMatchObject({ bytes: Uint8Array.of(2) });
  });

  it('freezes the profile for one viewer, once, until it thaws', async () => {
    const { store, ada, bob } = open();
    const { profiles, pictures, accounts, contacts } = store;
    await contacts.add(ada.userId, bob.userId);
    await store.atomically((stores) => stores.pictures.put(ada.userId, FIRST, picture(1)));
    await profiles.release(ada.userId);
    const settle = (how: 'freeze' | 'thaw-later' | 'thaw', at: number | null = null) =>
      profiles.settle(bob.userId, ada.userId, how, at);
    expect(await settle('freeze', 7)).toEqual({ newlyFrozen: true, changed: false });
    await accounts.rename(ada.userId, 'Countess');
    await store.atomically((stores) => stores.pictures.remove(ada.userId));
    await profiles.release(ada.userId);
    expect(await settle('freeze', 8)).toEqual({ newlyFrozen: false, changed: false });
    const frozen = { person: { displayName: 'ADA', picture: FIRST }, frozen: { lastSeen: 7 } };
    expect(await profiles.contacts(bob.userId)).toMatchObject([frozen]);
    expect(await pictures.shownTo(bob.userId, ada.userId)).toMatchObject({ bytes: Uint8Array.of(1) });
    expect(await pictures.of(ada.userId)).toBeNull();
    expect((await profiles.release(ada.userId)).thawed).toEqual([]);
    await settle('thaw-later');
    expect((await profiles.release(ada.userId)).thawed).toEqual([{ viewer: bob.userId, changed: true }]);
    expect(await profiles.listed(bob.userId, ada.userId)).toMatchObject({
      person: { displayName: 'Countess' },
      frozen: null,
    });
    await settle('freeze');
    expect(await settle('thaw')).toEqual({ newlyFrozen: false, changed: false });
  });

  it('keeps the frozen picture, even if another replaces it at the same moment', async () => {
    const { store, ada, bob } = open();
    const { profiles, pictures } = store;
    const change = async (hash: string, byte: number) => {
      await store.atomically((stores) => stores.pictures.put(ada.userId, hash, picture(byte)));
      await profiles.release(ada.userId);
    };
    for (let round = 0; round < 20; round += 1) {
      await change(FIRST, 1);
      await Promise.all([profiles.settle(bob.userId, ada.userId, 'freeze', null), change(SECOND, 2)]);
      const frozen = (await profiles.listed(bob.userId, ada.userId))?.person.picture;
      const bytes = Uint8Array.of(frozen === FIRST ? 1 : 2);
      expect(await pictures.shownTo(bob.userId, ada.userId)).toMatchObject({ bytes });
      await Promise.all([profiles.settle(bob.userId, ada.userId, 'thaw', null), change(FIRST, 1)]);
      expect(await pictures.shownTo(bob.userId, ada.userId)).toMatchObject({ bytes: Uint8Array.of(1) });
    }
  });

  it('shows the current name and picture from the release on, even if they change at that moment', async () => {
    const { store, ada } = open();
    const { profiles } = store;
    for (let round = 0; round < 10; round += 1) {
      await store.atomically((stores) => stores.pictures.put(ada.userId, FIRST, picture(1)));
      const [{ person }] = await Promise.all([
        profiles.release(ada.userId),
        store.atomically((stores) => stores.pictures.put(ada.userId, SECOND, picture(2))),
      ]);
      expect(person?.picture).toBe((await profiles.published(ada.userId))?.picture);
    }
  });

  it('freezes nothing for a viewer whose account is deleted at the same moment', async () => {
    const { store, ada, bob } = open();
    const settle = (how: 'freeze' | 'thaw-later') => store.profiles.settle(bob.userId, ada.userId, how, null);
    await Promise.all([
      settle('freeze'),
      store.atomically(async (stores) => {
        await stores.profiles.forget(bob.userId);
        await stores.accounts.leaveTombstone(bob.userId, NOW);
      }),
    ]);
    expect(await settle('freeze')).toEqual({ newlyFrozen: false, changed: false });
    await settle('thaw-later');
    expect((await store.profiles.release(ada.userId)).thawed).toEqual([]);
  });
};
