import type { UserId } from '../../protocol/ids.ts';

/** Who hides their addresses from the people they talk to. */
export interface PrivacyStore {
  hidesAddress(userId: UserId): Promise<boolean>;
  /** May be repeated. */
  hideAddress(userId: UserId, hide: boolean): Promise<void>;
}
