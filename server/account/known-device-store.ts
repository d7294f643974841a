import type { UserId } from '../../protocol/ids.ts';

/** Browsers that have signed in to an account with the right password, each by the hash of a secret of its own. */
export interface KnownDeviceStore {
  knows(userId: UserId, deviceHash: string): Promise<boolean>;
  /** Keeps the twenty used last of each account. @param now epoch milliseconds. */
  remember(userId: UserId, deviceHash: string, now: number): Promise<void>;
  /** All of a person's. */
  forget(userId: UserId): Promise<void>;
}
