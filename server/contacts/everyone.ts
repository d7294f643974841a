import type { Account } from '../../protocol/account.ts';
import type { Person } from '../../protocol/presence.ts';
import type { AccountStore } from '../store/account-store.ts';
import type { Directory } from './directory.ts';

/** Above this many accounts, everybody's list of everybody costs more than it gives. */
export const EVERYONE_IS_MEANT_FOR = 500;

const toPerson = ({ userId, username, displayName }: Account): Person => ({ userId, username, displayName });

/** `DIRECTORY=everyone`: all accounts of the server are contacts. */
export const createEveryone = (accounts: Pick<AccountStore, 'byId' | 'all'>): Directory => ({
  async person(userId) {
    const account = await accounts.byId(userId);
    return account ? toPerson(account) : null;
  },
  async contactsOf(userId) {
    const all = await accounts.all();
    return all.filter((account) => account.userId !== userId).map(toPerson);
  },
  async watchersOf(userId) {
    const all = await accounts.all();
    return all.map((account) => account.userId).filter((other) => other !== userId);
  },
  async relation(from, to) {
    return from !== to && (await accounts.byId(to)) ? 'contact' : 'none';
  },
});
