import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallRecord } from '../calls/call-record.ts';
import type { StoredAccount } from '../store/account-store.ts';
import type { StoredSession } from '../store/session-store.ts';
import type { Store, Stores } from '../store/store.ts';
import { endedRecord, ringingRecord } from './call-records.ts';
import { describeInvites } from './invite-contract.ts';
import { describeKnownDevices } from './known-device-contract.ts';
import { describeOperator } from './operator-contract.ts';

const NOW = 1_800_000_000_000;

const account = (username: string): StoredAccount => ({
  userId: randomUUID(),
  username,
  displayName: username.toUpperCase(),
  passwordHash: '$argon2id$…',
  chosenStatus: 'available',
  createdAt: NOW,
});

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

const ringing = (caller: StoredAccount, callee: StoredAccount): CallRecord =>
  ringingRecord(caller.userId, callee.userId);

/** What every implementation of the store does; run it against each. */
export const describeStore = (name: string, open: () => Promise<Store>): void => {
  describe(`${name}: the store's contract`, () => {
    let store: Store;
    let [ada, bob] = [account('ada'), account('bob')];
    beforeEach(async () => {
      store = await open();
      [ada, bob] = [account('ada'), account('bob')];
      await store.accounts.create(bob);
      await store.accounts.create(ada);
    });
    afterEach(() => store.close());

    it('answers', async () => {
      await expect(store.ping()).resolves.toBeUndefined();
    });

    it('keeps accounts, found by id and by name', async () => {
      expect(await store.accounts.byId(ada.userId)).toEqual(ada);
      expect(await store.accounts.byUsername('ada')).toEqual(ada);
      expect(await store.accounts.byId(randomUUID())).toBeNull();
      expect(await store.accounts.byUsername('eve')).toBeNull();
      expect(await store.accounts.count()).toBe(2);
      expect((await store.accounts.all()).map(({ username }) => username)).toEqual(['ada', 'bob']);
    });

    it('takes a username once, also when two ask at the same time', async () => {
      expect(await store.accounts.create(account('ada'))).toBe(false);
      const both = await Promise.all([
        store.accounts.create(account('eve')),
        store.accounts.create(account('eve')),
      ]);
      expect(both.sort()).toEqual([false, true]);
      expect(await store.accounts.byUsername('ada')).toEqual(ada);
    });

    it('creates one account for a person whom a provider knows', async () => {
      const identity = { issuer: 'https://id.example.org', subject: '1' };
      const eve = { ...account('eve'), passwordHash: null };
      expect(await store.oidc.userOf(identity)).toBeNull();
      expect(await store.oidc.createFor(identity, { ...eve, username: 'ada' })).toBe(false);
      expect(await store.oidc.userOf(identity)).toBeNull();
      expect(await store.oidc.createFor(identity, eve)).toBe(true);
      expect(await store.oidc.createFor(identity, account('other'))).toBe(false);
      expect(await store.accounts.byUsername('other')).toBeNull();
      expect(await store.oidc.userOf(identity)).toBe(eve.userId);
      expect(await store.accounts.byId(eve.userId)).toEqual(eve);
      expect(await store.oidc.userOf({ ...identity, issuer: 'https://other.example.org' })).toBeNull();
    });

    it('gives a sign-in at a provider out once, and not after its time', async () => {
      const flow = (stateHash: string) => ({
        stateHash,
        browserHash: 'b',
        state: 's',
        nonce: 'n',
        verifier: 'v',
        challenge: 'c',
        phoneState: 'p',
        expiresAt: NOW + 10,
      });
      const code = { codeHash: 'code', challenge: 'c', userId: ada.userId, expiresAt: NOW + 10 };
      await store.oidc.begin(flow('one'), NOW);
      await store.oidc.begin(flow('two'), NOW);
      await store.oidc.keepCode(code);
      expect(await store.oidc.takeFlow('one', NOW + 9)).toEqual(flow('one'));
      expect(await store.oidc.takeFlow('one', NOW + 9)).toBeNull();
      expect(await store.oidc.takeFlow('two', NOW + 10)).toBeNull();
      expect(await store.oidc.takeCode('code', NOW + 9)).toEqual(code);
      expect(await store.oidc.takeCode('code', NOW + 9)).toBeNull();
    });

    it('forgets who somebody is at a provider', async () => {
      const eve = account('eve');
      const identity = { issuer: 'https://id.example.org', subject: '42' };
      const code = { codeHash: 'code', challenge: 'c', userId: eve.userId, expiresAt: NOW + 10 };
      await store.oidc.createFor(identity, eve);
      await store.oidc.keepCode(code);
      await store.oidc.forget(ada.userId);
      expect(await store.oidc.userOf(identity)).toBe(eve.userId);
      await store.oidc.forget(eve.userId);
      expect(await store.oidc.userOf(identity)).toBeNull();
      expect(await store.oidc.takeCode('code', NOW)).toBeNull();
    });

    it('remembers what people decide about their presence, each part by itself', async () => {
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

    it('notes when people were here last, only of who lets others know, and forgets it', async () => {
      const lastOf = async (who: StoredAccount) =>
        (await store.presence.all()).find(({ userId }) => userId === who.userId)?.lastSeenAt;
      await store.presence.showLastSeen(ada.userId, true);
      await store.presence.say(bob.userId, { text: 'here', textUntil: null });
      await store.presence.seen([ada.userId, bob.userId], NOW + 7);
      expect([await lastOf(ada), await lastOf(bob)]).toEqual([NOW + 7, null]);
      await store.presence.showLastSeen(ada.userId, false);
      await store.presence.showLastSeen(ada.userId, true);
      expect(await lastOf(ada)).toBeNull();
      await store.presence.seen([], NOW);
      await store.presence.forget(ada.userId);
      expect(await lastOf(ada)).toBeUndefined();
    });

    it('renames', async () => {
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

    it('changes a password that is still the one that was seen', async () => {
      const was = ada.passwordHash ?? '';
      expect(await store.accounts.changePassword(ada.userId, { was, hash: 'new' })).toBe(true);
      expect(await store.accounts.changePassword(ada.userId, { was, hash: 'newer' })).toBe(false);
      expect(await store.accounts.byId(ada.userId)).toEqual({ ...ada, passwordHash: 'new' });
      expect(await store.accounts.byId(bob.userId)).toEqual(bob);
    });

    it('finds nothing of a buried account, whose calls stay and whose name is free', async () => {
      const call = ringing(ada, bob);
      await store.calls.save(call);
      expect(await store.accounts.bury(ada.userId, NOW + 1)).toBe(true);
      expect(await store.accounts.bury(ada.userId, NOW + 2)).toBe(false);
      expect(await store.accounts.byId(ada.userId)).toBeNull();
      expect(await store.accounts.byUsername('ada')).toBeNull();
      expect(await store.accounts.rename(ada.userId, 'Ghost')).toBeNull();
      expect(await store.accounts.changePassword(ada.userId, { was: '', hash: 'x' })).toBe(false);
      expect((await store.accounts.all()).map(({ username }) => username)).toEqual(['bob']);
      expect(await store.accounts.count()).toBe(1);
      expect(await store.calls.recent(NOW)).toEqual([call]);
      const another = account('ada');
      expect(await store.accounts.create(another)).toBe(true);
      expect(await store.accounts.byUsername('ada')).toEqual(another);
    });

    it('keeps one picture a person, told by their account', async () => {
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

    it('signs a person out everywhere, or everywhere else', async () => {
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

    it('does all of a piece of work or nothing', async () => {
      const work = async (stores: Stores): Promise<void> => {
        await stores.accounts.rename(ada.userId, 'Countess');
        await stores.accounts.bury(bob.userId, NOW);
        throw new Error('half-way');
      };
      await expect(store.atomically(work)).rejects.toThrow('half-way');
      expect(await store.accounts.byId(ada.userId)).toEqual(ada);
      expect(await store.accounts.byId(bob.userId)).toEqual(bob);
      expect(await store.atomically(({ accounts }) => accounts.rename(ada.userId, 'Countess'))).toMatchObject(
        {
          displayName: 'Countess',
        },
      );
    });

    it('keeps sessions, slides them on and removes them', async () => {
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

    it('removes sessions that have run out, and no others', async () => {
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

    it("gives a person's valid sessions, the one used last first", async () => {
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

    it('notes until when sessions have been told of new ones, and never takes it back', async () => {
      const [one, two] = [session(ada.userId), session(ada.userId)];
      for (const each of [one, two]) await store.sessions.create(each);
      await store.sessions.told([one.sessionId], NOW + 5);
      await store.sessions.told([one.sessionId], NOW + 3);
      await store.sessions.told([], NOW + 9);
      expect(await store.sessions.byId(one.sessionId)).toEqual({ ...one, toldUntil: NOW + 5 });
      expect(await store.sessions.byId(two.sessionId)).toEqual(two);
    });

    describeInvites(() => store);

    describeOperator(() => ({ store, ada: ada.userId, bob: bob.userId }));

    describeKnownDevices(() => ({ store, ada: ada.userId, bob: bob.userId }));

    it('holds that sessions and calls belong to accounts', async () => {
      await expect(store.sessions.create(session(randomUUID()))).rejects.toThrow();
      await expect(store.calls.save({ ...ringing(ada, bob), callerId: randomUUID() })).rejects.toThrow();
    });

    it('keeps who has blocked whom, each way by itself, and says it twice', async () => {
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
      const { blocks } = store;
      const eve = account('eve');
      await store.accounts.create(eve);
      await blocks.block(ada.userId, bob.userId);
      await blocks.block(bob.userId, ada.userId);
      await blocks.block(eve.userId, bob.userId);
      await blocks.forget(ada.userId);
      expect(await blocks.isBlocked(ada.userId, bob.userId)).toBe(false);
      expect(await blocks.isBlocked(bob.userId, ada.userId)).toBe(false);
      expect(await blocks.isBlocked(eve.userId, bob.userId)).toBe(true);
    });

    it('keeps calls through their states and gives those that have not ended, or only just', async () => {
      const first = ringing(ada, bob);
      const second = { ...ringing(bob, ada), placedAt: NOW + 1 };
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

    it('keeps marks by person, replaces and removes them', async () => {
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
      expect(await store.marks.ringsThrough(ada.userId, bob.userId)).toBe(false);
      await store.marks.mark(ada.userId, bob.userId, { favourite: false, ringsThrough: false });
      expect(await store.marks.of(ada.userId)).toEqual(new Map());
      expect(await store.marks.ringsThrough(bob.userId, ada.userId)).toBe(false);
    });

    it('forgets the marks between two people, and all about one', async () => {
      const eve = account('eve');
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

    it('never lets a lower v overwrite a higher one; the same one may be written again', async () => {
      const call = ringing(ada, bob);
      const connecting: CallRecord = { ...call, state: 'connecting', v: 2, acceptedAt: NOW + 1 };
      await store.calls.save(connecting);
      await store.calls.save(call);
      expect(await store.calls.recent(NOW)).toEqual([connecting]);
      await store.calls.save(connecting);
      expect(await store.calls.recent(NOW)).toEqual([connecting]);
    });

    it('lets a later call under an old id take its place', async () => {
      const old: CallRecord = { ...ringing(ada, bob), state: 'ended', v: 4, reason: 'hung-up', endedAt: NOW };
      await store.calls.save(old);
      const later = { ...ringing(bob, ada), callId: old.callId, placedAt: NOW + 1 };
      await store.calls.save(later);
      expect(await store.calls.recent(0)).toEqual([later]);
      await store.calls.save({ ...later, state: 'ended', v: 2, reason: 'cancelled', endedAt: NOW + 2 });
      expect((await store.history.page(ada.userId, { limit: 9 })).entries).toHaveLength(2);
    });

    it('forgets calls that ended long enough ago, and leaves histories alone', async () => {
      const ended = endedRecord(ada.userId, bob.userId);
      await store.calls.save(ended);
      await store.calls.save(ringing(ada, bob));
      expect(await store.calls.removeEndedBefore(ended.endedAt ?? 0)).toBe(0);
      expect(await store.calls.removeEndedBefore((ended.endedAt ?? 0) + 1)).toBe(1);
      expect((await store.calls.recent(0)).map(({ state }) => state)).toEqual(['ringing']);
      expect((await store.history.page(ada.userId, { limit: 9 })).entries).toHaveLength(1);
    });
  });
};
