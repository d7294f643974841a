import type { UserId } from '../../protocol/ids.ts';
import type { PresenceChange } from '../../protocol/presence/presence.ts';

/** What somebody is shown of a person. */
export type Shown = Omit<PresenceChange, 'userId'>;

/** What is known of people's lists beside the store. */
export interface LiveLists {
  /** How often a person's list has changed: what was read of it before a change is stale. */
  changes(viewer: UserId): Promise<number>;
  touch(viewer: UserId): Promise<void>;
  /** The presence that a viewer was told of people last who are not there for them. */
  frozen(viewer: UserId): Promise<ReadonlyMap<UserId, Shown>>;
  /** From now on this is what the viewer is shown; with `unless-frozen` only if nothing was frozen before. */
  freeze(viewer: UserId, userId: UserId, as: Shown, how?: 'unless-frozen'): Promise<void>;
  thaw(viewer: UserId, userId: UserId): Promise<void>;
}
