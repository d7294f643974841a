import { expect, it } from 'vitest';
import type { StoredAccount } from '../../server/account/account-store.ts';
import { NOW, type Populated } from './contract-people.ts';

/** What every implementation stores of people’s presence. */
export const describePresence = (open: () => Populated): void => {
  it('remembers what people choose for their presence, each part independently', async () => {
    const { store, ada, bob } = open();
    expect(await store.presence.all()).toEqual([]);
    const first = { status: 'available', until: null, after: 'available', text: null, textUntil: null };
    const status = { status: 'do-not-disturb', until: NOW + 5, after: 'away' } as const;
    await store.presence.say(bob.userId, { text: '🍜 noodles', textUntil: NOW + 9 });
    await store.presence.choose(ada.userId, { status: 'appear-offline', until: null, after: 'available' });
    await store.presence.choose(ada.userId, status);
    await store.presence.showLastSeen(ada.userId, true);
    const byName = async () => {
      const all = await store.presence.all();
      const of = ({ userId }: StoredAccount) => all.find((each) => each.userId === userId);
      return { ada: of(ada), bob: of(bob) };
    };
    expect(await byName()).toEqual({
      ada: { ...first, ...status, userId: ada.userId, lastSeenShown: true, lastSeenAt: null },
      bob: {
        ...first,
        userId: bob.userId,
        text: '🍜 noodles',
        textUntil: NOW + 9,
        lastSeenShown: false,
        lastSeenAt: null,
      },
    });
    expect((await store.accounts.byId(ada.userId))?.chosenStatus).toBe('do-not-disturb');
    await store.presence.say(bob.userId, { text: null, textUntil: null });
    expect((await byName()).bob).toMatchObject({ text: null, textUntil: null });
  });

  it('records people’s last seen only if they let others see it, and forgets it', async () => {
    const { store, ada, bob } = open();
    const lastOf = async (who: StoredAccount) =>
      (await store.presence.all()).find(({ userId }) => userId === who.userId)?.lastSeenAt;
    await store.presence.showLastSeen(ada.userId, true);
    await store.presence.say(bob.userId, { text: 'here', textUntil: null });
    await store.presence.seen([ada.userId, bob.userId], NOW + 7);
    expect([await lastOf(ada), await lastOf(bob)]).toEqual([NOW + 7, null]);
    await store.presence.showLastSeen(ada.userId, false);
    expect(await lastOf(ada)).toBe(NOW + 7);
    await store.presence.forgetSeen(ada.userId);
    expect(await lastOf(ada)).toBeNull();
    await store.presence.seen([], NOW);
    await store.presence.forget(ada.userId);
    expect(await lastOf(ada)).toBeUndefined();
  });
};
