import type { AccountStore } from '../account/account-store.ts';
import type { BlockStore } from './block-store.ts';
import type { ProfileStore } from './profile-store.ts';
import { relationsOf, type Directory } from './directory.ts';

/** Above this many accounts, everybody's list of everybody costs more than it gives. */
export const EVERYONE_IS_MEANT_FOR = 500;

interface Stores {
  accounts: Pick<AccountStore, 'byId' | 'all'>;
  blocks: Pick<BlockStore, 'between' | 'blockedBy' | 'blockersOf'>;
  profiles: Pick<ProfileStore, 'published' | 'everyone'>;
}

/** `DIRECTORY=everyone`: all accounts of the server are contacts, but for those whom a person has blocked. */
export const createEveryone = ({ accounts, blocks, profiles }: Stores): Directory => ({
  person: (userId) => profiles.published(userId),
  contactsOf: (userId) => profiles.everyone(userId),
  async watchersOf(userId) {
    const blocked = await blocks.blockedBy(userId);
    const without = new Set([userId, ...blocked.map((person) => person.userId)]);
    for (const blocker of await blocks.blockersOf(userId)) without.add(blocker);
    const all = await accounts.all();
    return all.map((account) => account.userId).filter((other) => !without.has(other));
  },
  async between(one, other) {
    const [account, between] = await Promise.all([accounts.byId(other), blocks.between(one, other)]);
    return relationsOf(one !== other && account !== null, between);
  },
});
