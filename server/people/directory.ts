import type { UserId } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/presence/presence.ts';
import type { Listed } from './profile-store.ts';

/**
 * What `to` is to `from`.
 * - `contact`: in the list of `from`, who sees their presence and may ring.
 * - `blocked`: in the list of `from` too, but `to` does not want to hear from `from`, who must not
 *   notice: always offline, always `unreachable`, as it stood when it began.
 * - `none`: not in the list of `from`. Also whom `from` has blocked, and a stranger who has blocked
 *   `from`: they are answered like any stranger.
 */
export type Relation = 'contact' | 'blocked' | 'none';

/** What two people are to one another, from the side of one of them. */
export interface Relations {
  /** What the other is to the one. */
  readonly mine: Relation;
  /** What the one is to the other. */
  readonly theirs: Relation;
}

/** Who knows whom: who sees a person's name and presence, and may ring them. */
export interface Directory {
  /** As others are shown the person. */
  person(userId: UserId): Promise<Person | null>;
  /** Whom a person's list shows: everybody whose relation is not `none`. */
  contactsOf(userId: UserId): Promise<Listed[]>;
  /** Who may see the person's presence: for whom the person is a `contact`. */
  watchersOf(userId: UserId): Promise<UserId[]>;
  /** The work is the same whatever the answer is, so that its time tells nothing. */
  between(one: UserId, other: UserId): Promise<Relations>;
}

/** @param known whether they would be contacts if nobody had blocked. */
export const relationsOf = (
  known: boolean,
  { blocks, isBlocked }: { blocks: boolean; isBlocked: boolean },
): Relations => {
  const relation = (own: boolean, others: boolean): Relation => {
    if (!known || own) return 'none';
    return others ? 'blocked' : 'contact';
  };
  return { mine: relation(blocks, isBlocked), theirs: relation(isBlocked, blocks) };
};
