import type { Account } from '../../protocol/account/account.ts';
import type { UserId } from '../../protocol/ids.ts';
import type { Stores } from '../store.ts';

/** What is removed with an account, besides what its own row holds. A table with personal data has its line here. */
const PERSONAL_DATA: readonly ((stores: Stores, account: Account) => Promise<unknown>)[] = [
  ({ sessions }, { userId }) => sessions.removeOf(userId),
  ({ knownDevices }, { userId }) => knownDevices.forget(userId),
  ({ operator }, { userId }) => operator.setDisabled(userId, false),
  ({ oidc }, { userId }) => oidc.forget(userId),
  ({ profiles }, { userId }) => profiles.forget(userId),
  ({ pictures }, { userId }) => pictures.forget(userId),
  ({ marks }, { userId }) => marks.forget(userId),
  ({ blocks }, { userId }) => blocks.forget(userId),
  ({ contacts }, { userId }) => contacts.forget(userId),
  // The name is free again: requests to its owner are not for the next one.
  ({ requests }, account) => requests.forget(account),
  ({ contactCodes }, { userId }) => contactCodes.remove(userId),
  ({ presence }, { userId }) => presence.forget(userId),
  ({ privacy }, { userId }) => privacy.hideAddress(userId, false),
  ({ messages }, { userId }) => messages.forget(userId),
  ({ history }, { userId }) => history.clear(userId),
];

/**
 * Removes an account and all that is kept of the person. The row stays, empty, so that others' calls with them
 * refer to something; every lookup finds nobody. Run it within `Store.atomically`.
 * @param at epoch milliseconds.
 * @returns whether there was an account to delete.
 */
export const deleteAccount = async (stores: Stores, userId: UserId, at: number): Promise<boolean> => {
  const account = await stores.accounts.byId(userId);
  if (!account) return false;
  for (const remove of PERSONAL_DATA) await remove(stores, account);
  await stores.accounts.leaveTombstone(userId, at);
  return true;
};
