import type { Account } from '../../protocol/account/account.ts';
import type { UserId } from '../../protocol/ids.ts';
import type { ChosenStatus } from '../../protocol/presence/presence.ts';

/** An account as it is kept. */
export interface StoredAccount extends Account {
  /** A PHC string; null for somebody who signs in by the provider alone. */
  passwordHash: string | null;
  chosenStatus: ChosenStatus;
  /** Epoch milliseconds. */
  createdAt: number;
}

/** The accounts of a server. A deleted one is found by nothing here; its row stays, because calls refer to it. */
export interface AccountStore {
  /** False, and nothing is kept, when the username is taken. */
  create(account: StoredAccount): Promise<boolean>;
  byId(userId: UserId): Promise<StoredAccount | null>;
  /** @param username lower case, as the contract's schema makes it. */
  byUsername(username: string): Promise<StoredAccount | null>;
  /** Everyone, by display name. */
  all(): Promise<Account[]>;
  count(): Promise<number>;
  /** Others are not shown it before `ProfileStore.release`. Null when there is no such account. */
  rename(userId: UserId, displayName: string): Promise<Account | null>;
  /** False, and nothing is changed, when the hash is not `was` any more: two changes at once are one too many. */
  changePassword(userId: UserId, change: { was: string; hash: string }): Promise<boolean>;
  /**
   * Keeps only the account's id and when it was deleted (epoch milliseconds), and frees the username.
   * @returns whether there was an account to delete.
   */
  leaveTombstone(userId: UserId, at: number): Promise<boolean>;
}
