import type { UserId } from '../../protocol/ids.ts';

/** Who has agreed to be whose contact; always both ways. Blocks are none of its business. */
export interface ContactStore {
  /** May be repeated. */
  add(one: UserId, other: UserId): Promise<void>;
  /** May be repeated. */
  remove(one: UserId, other: UserId): Promise<void>;
  has(one: UserId, other: UserId): Promise<boolean>;
  /** Whether a person has a contact of this username. */
  hasNamed(one: UserId, username: string): Promise<boolean>;
  count(userId: UserId): Promise<number>;
  /** Everything about a person. */
  forget(userId: UserId): Promise<void>;
}
