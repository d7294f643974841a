import type { UserId } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/presence/presence.ts';

/** Who does not want to hear from whom. */
export interface BlockStore {
  /** May be repeated. */
  block(blocker: UserId, blocked: UserId): Promise<void>;
  /** May be repeated. */
  unblock(blocker: UserId, blocked: UserId): Promise<void>;
  isBlocked(blocker: UserId, blocked: UserId): Promise<boolean>;
  /** Both directions between two people, as the first of them sees it. */
  between(one: UserId, other: UserId): Promise<{ blocks: boolean; isBlocked: boolean }>;
  /** Whom a person has blocked, by the name that they are shown. */
  blockedBy(blocker: UserId): Promise<Person[]>;
  /** The people who have blocked a person. */
  blockersOf(blocked: UserId): Promise<ReadonlySet<UserId>>;
  /** Everything about a person: their blocks, and others' of them. */
  forget(userId: UserId): Promise<void>;
}
