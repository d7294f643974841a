import type { UserId } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/presence.ts';

/**
 * What `to` is to `from`.
 * - `contact`: in the list of `from`, who sees their presence and may ring.
 * - `blocked`: in the list of `from` too, but `to` does not want to hear from `from`, who must not
 *   notice: always offline, always `unreachable`.
 * - `none`: not in the list of `from`. Also whom `from` has blocked, and a stranger who has blocked
 *   `from`: they are answered like any stranger.
 */
export type Relation = 'contact' | 'blocked' | 'none';

/** Who knows whom: who sees a person's name and presence, and may ring them. */
export interface Directory {
  person(userId: UserId): Promise<Person | null>;
  /** Whom a person's list shows: everybody whose relation is not `none`. */
  contactsOf(userId: UserId): Promise<Person[]>;
  /** Who may see the person's presence: for whom the person is a `contact`. */
  watchersOf(userId: UserId): Promise<UserId[]>;
  /** Who has blocked a person: those among the person's contacts are shown as offline, whatever is so. */
  blockersOf(userId: UserId): Promise<ReadonlySet<UserId>>;
  relation(from: UserId, to: UserId): Promise<Relation>;
}
