import { randomUUID } from 'node:crypto';
import type { StoredAccount } from '../../server/account/account-store.ts';
import type { Store } from '../../server/store.ts';

/** The time of everything in the store's contract, in epoch milliseconds. */
export const NOW = 1_800_000_000_000;

/** A store with two accounts, in which a part of the contract is checked. */
export interface Populated {
  store: Store;
  ada: StoredAccount;
  bob: StoredAccount;
}

/** An account that is not kept yet. */
export const testAccount = (username: string): StoredAccount => ({
  userId: randomUUID(),
  username,
  displayName: username.toUpperCase(),
  passwordHash: '$argon2id$…',
  chosenStatus: 'available',
  createdAt: NOW,
});
