import { expect, it } from 'vitest';
import type { Populated } from './contract-people.ts';

const [FIRST, SECOND] = ['a'.repeat(22), 'b'.repeat(22)];
const picture = (byte: number) => ({ type: 'image/png', bytes: Uint8Array.of(byte) }) as const;

/** What every implementation keeps of what people are shown of one another. */
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

  it('freezes what one viewer is shown, once, until it thaws', async () => {
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
};
