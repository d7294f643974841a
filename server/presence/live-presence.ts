import type { UserId } from '../../protocol/ids.ts';
import type { PresenceEntry } from './presence-entry.ts';

/** What becomes of a person's entry. */
export interface PresenceStep<T> {
  readonly entry: PresenceEntry;
  readonly result: T;
}

/** Everybody's presence, wherever it is kept. */
export interface LivePresence {
  /**
   * Changes a person's entry in one step.
   * @param change pure, because it runs again when another writer was first.
   */
  change<T>(userId: UserId, change: (entry: PresenceEntry | undefined) => PresenceStep<T>): Promise<T>;
  /** In the order asked for; undefined: nothing is known of the person. */
  read(userIds: readonly UserId[]): Promise<(PresenceEntry | undefined)[]>;
}
