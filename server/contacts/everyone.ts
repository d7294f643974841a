import { toAccount } from '../accounts/to-account.ts';
import type { AccountStore } from '../store/account-store.ts';
import type { BlockStore } from '../store/block-store.ts';
import type { Directory } from './directory.ts';
import { hidePictures } from './hide-pictures.ts';

/** Above this many accounts, everybody's list of everybody costs more than it gives. */
export const EVERYONE_IS_MEANT_FOR = 500;

interface Stores {
  accounts: Pick<AccountStore, 'byId' | 'all'>;
  blocks: Pick<BlockStore, 'isBlocked' | 'blockedBy' | 'blockersOf'>;
}

/** `DIRECTORY=everyone`: all accounts of the server are contacts, but for those whom a person has blocked. */
export const createEveryone = ({ accounts, blocks }: Stores): Directory => ({
  async person(userId) {
    const account = await accounts.byId(userId);
    return account ? toAccount(account) : null;
  },
  async contactsOf(userId) {
    const blocked = new Set((await blocks.blockedBy(userId)).map((person) => person.userId));
    const all = await accounts.all();
    const others = all.filter((other) => other.userId !== userId && !blocked.has(other.userId));
    return hidePictures(others, await blocks.blockersOf(userId));
  },
  async watchersOf(userId) {
    const blocked = await blocks.blockedBy(userId);
    const without = new Set([userId, ...blocked.map((person) => person.userId)]);
    for (const blocker of await blocks.blockersOf(userId)) without.add(blocker);
    const all = await accounts.all();
    return all.map((account) => account.userId).filter((other) => !without.has(other));
  },
  blockersOf: (userId) => blocks.blockersOf(userId),
  async relation(from, to) {
    if (from === to || !(await accounts.byId(to))) return 'none';
    if (await blocks.isBlocked(from, to)) return 'none';
    return (await blocks.isBlocked(to, from)) ? 'blocked' : 'contact';
  },
});
