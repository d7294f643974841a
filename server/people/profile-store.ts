import type { UserId } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/presence/presence.ts';

/** Somebody in a viewer's list, as the viewer is shown them. */
export interface Listed {
  readonly person: Person;
  /** Whether the person has blocked the viewer. */
  readonly blocks: boolean;
  /** Null: nothing is frozen. */
  readonly frozen: {
    /** When the viewer last saw the person there, in epoch milliseconds; null: nobody may know. */
    readonly lastSeen: number | null;
  } | null;
}

/**
 * What happens to the profile that a viewer is shown of a person.
 * - `freeze`: from now on as it is now; what is frozen already stays so.
 * - `stay`: what is frozen stays so, whatever was said before; what is not frozen is left alone.
 * - `thaw-later`: what is frozen stays so until the person is seen again (`release`).
 * - `thaw`: as everybody sees it.
 */
export type Freezing = 'freeze' | 'stay' | 'thaw-later' | 'thaw';

/** What `settle` has done. */
export interface Settled {
  /** It was not frozen before, and is now. */
  readonly newlyFrozen: boolean;
  /** The viewer is shown another name or picture than before. */
  readonly changed: boolean;
}

/** What `release` has done. */
export interface Released {
  /** As everybody sees the person now; null: there is no such account. */
  readonly person: Person | null;
  /** Others are shown another name or picture than before. */
  readonly changed: boolean;
  /** Those for whom it was frozen, and is no more. */
  readonly thawed: readonly { readonly viewer: UserId; readonly changed: boolean }[];
}

/**
 * People's names and pictures as others are shown them. A change is held back from everybody until the person is seen
 * again. For single viewers, it is frozen for as long as the person is not there for them: by a block, or because
 * they are contacts no more.
 */
export interface ProfileStore {
  /** As everybody is shown them for whom nothing is frozen. */
  published(userId: UserId): Promise<Person | null>;
  /** As the viewer is shown them. */
  listed(viewer: UserId, userId: UserId): Promise<Listed | null>;
  /** Everybody whom the viewer has not blocked, by the name that is shown. */
  everyone(viewer: UserId): Promise<Listed[]>;
  /** The viewer's contacts whom the viewer has not blocked, by the name that is shown. */
  contacts(viewer: UserId): Promise<Listed[]>;
  /** @param lastSeen where it is frozen newly: what goes with it; epoch milliseconds. */
  settle(viewer: UserId, userId: UserId, how: Freezing, lastSeen: number | null): Promise<Settled>;
  /**
   * Freezes for both people of each block what is not frozen yet, without pictures: where everybody is a contact,
   * those who were strangers when one of them blocked the other are in lists, too.
   */
  freezeBlocks(): Promise<void>;
  /** The person is seen again: what was held back is shown, and what was to thaw then has. */
  release(userId: UserId): Promise<Released>;
  /** Everything about a person, as viewer and as viewed. */
  forget(userId: UserId): Promise<void>;
}
