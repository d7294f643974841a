import { toAccount } from '../accounts/to-account.ts';
import type { AccountStore } from '../store/account-store.ts';
import type { Directory } from './directory.ts';

/** Above this many accounts, everybody's list of everybody costs more than it gives. */
export const EVERYONE_IS_MEANT_FOR = 500;

/** `DIRECTORY=everyone`: all accounts of the server are contacts. */
export const createEveryone = (accounts: Pick<AccountStore, 'byId' | 'all'>): Directory => ({
  async person(userId) {
    const account = await accounts.byId(userId);
    return account ? toAccount(account) : null;
  },
  async contactsOf(userId) {
    const all = await accounts.all();
    return all.filter((account) => account.userId !== userId);
  },
  async watchersOf(userId) {
    const all = await accounts.all();
    return all.map((account) => account.userId).filter((other) => other !== userId);
  },
  async relation(from, to) {
    return from !== to && (await accounts.byId(to)) ? 'contact' : 'none';
  },
});
