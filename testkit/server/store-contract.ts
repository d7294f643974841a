import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store, Stores } from '../../server/store.ts';
import { describeAccounts } from './account-contract.ts';
import { describeCalls } from './call-contract.ts';
import { describeContacts } from './contact-contract.ts';
import { describeContactRequests } from './contact-request-contract.ts';
import { NOW, testAccount } from './contract-people.ts';
import { describeHistoryStore } from './history-store-contract.ts';
import { describeInvites } from './invite-contract.ts';
import { describeKnownDevices } from './known-device-contract.ts';
import { describeMessageStore } from './message-store-contract.ts';
import { describeOidc } from './oidc-contract.ts';
import { describeOperator } from './operator-contract.ts';
import { describeProfiles } from './profile-contract.ts';
import { describePresence } from './presence-contract.ts';
import { describeSweeps } from './sweep-contract.ts';
import { describeSessions } from './session-contract.ts';

/** The contract of every implementation of the store; run it against each. `open` returns an empty one. */
export const describeStore = (name: string, open: () => Promise<Store>): void => {
  describe(`${name}: the store's contract`, () => {
    let store: Store;
    let [ada, bob] = [testAccount('ada'), testAccount('bob')];
    beforeEach(async () => {
      store = await open();
      [ada, bob] = [testAccount('ada'), testAccount('bob')];
      await store.accounts.create(bob);
      await store.accounts.create(ada);
    });
    afterEach(() => store.close());

    it('answers', async () => {
      await expect(store.ping()).resolves.toBeUndefined();
      await expect(store.scrub()).resolves.toBeUndefined();
    });

    it('carries out all of a transaction or nothing', async () => {
      const work = async (stores: Stores): Promise<void> => {
        await stores.accounts.rename(ada.userId, 'Countess');
        await stores.accounts.leaveTombstone(bob.userId, NOW);
        throw new Error('half-way');
      };
      await expect(store.atomically(work)).rejects.toThrow('half-way');
      expect(await store.accounts.byId(ada.userId)).toEqual(ada);
      expect(await store.accounts.byId(bob.userId)).toEqual(bob);
      const renamed = await store.atomically(({ accounts }) => accounts.rename(ada.userId, 'Countess'));
      expect(renamed).toMatchObject({ displayName: 'Countess' });
    });

    const people = () => ({ store, ada, bob });
    const ids = () => ({ store, ada: ada.userId, bob: bob.userId });
    describeAccounts(people);
    describeOidc(people);
    describePresence(people);
    describeProfiles(people);
    describeSessions(people);
    describeInvites(() => store);
    describeOperator(ids);
    describeKnownDevices(ids);
    describeContacts(people);
    describeContactRequests(people);
    describeCalls(people);
    describeSweeps(people);
  });
  describeHistoryStore(name, open);
  describeMessageStore(name, open);
};
