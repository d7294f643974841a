import type { UserId } from '../../protocol/ids.ts';

/** Which people hide their addresses from those they talk to. */
export interface PrivacyStore {
  hidesAddress(userId: UserId): Promise<boolean>;
  /** May be repeated. */
  hideAddress(userId: UserId, hide: boolean): Promise<void>;
}
