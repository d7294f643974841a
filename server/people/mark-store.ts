import type { UserId } from '../../protocol/ids.ts';
import type { Marks } from '../../protocol/people/marks.ts';

/** How people marked their contacts. */
export interface MarkStore {
  /** Whom a person marked; who is missing is not marked. */
  of(userId: UserId): Promise<ReadonlyMap<UserId, Marks>>;
  /** May be repeated. */
  mark(userId: UserId, other: UserId, marks: Marks): Promise<void>;
  /** Whether `to` has marked `from` as a favourite. */
  isFavourite(from: UserId, to: UserId): Promise<boolean>;
  /** Whether `to` lets `from` ring through. */
  ringsThrough(from: UserId, to: UserId): Promise<boolean>;
  /** Two people are no longer contacts: neither's mark of the other stays. */
  forgetBetween(one: UserId, other: UserId): Promise<void>;
  /** Everything about a person: their marks, and others' marks of them. */
  forget(userId: UserId): Promise<void>;
}
