import type { UserId } from '../../../protocol/ids.ts';
import type { Relation } from '../../people/directory.ts';
import type { LiveLists } from '../../people/live-lists.ts';
import { whileAway } from '../../while-away.ts';
import { NOT_THERE, type Presence, type Shown } from '../../presence/presence.ts';
import type { Freezing, Listed, ProfileStore } from '../../people/profile-store.ts';
import type { Announcer } from './announcer.ts';
import { missRoom, userRoom, watchRoom } from './rooms.ts';
import type { PhoneServer } from './typed-io.ts';

/** What people see of one another on their connected phones. */
export interface Visibility {
  /** What a viewer is shown of those in their list. */
  seen(viewer: UserId, people: readonly Listed[]): Promise<ReadonlyMap<UserId, Shown>>;
  /** Carries a change of what a person is to `viewer` to all phones of the viewer, at once. */
  show(viewer: UserId, userId: UserId, before: Relation, after: Relation): Promise<void>;
  /** Before two people part: each goes on seeing the other as now, until the other is there for them again. */
  freeze(one: UserId, other: UserId): Promise<void>;
  /** Something of a person's list has changed that `show` does not know of. */
  touch(viewer: UserId): Promise<void>;
  /** How often a person's list has changed since the start: what was read of it before a change is stale. */
  changes(viewer: UserId): Promise<number>;
}

const isThere = ({ status }: Shown): boolean => status !== 'offline';

/** What becomes of what is frozen, by what the person is to the viewer from now on. */
const freezing = (before: Relation, after: Relation, there: Shown): Freezing => {
  if (after === 'contact') return isThere(there) ? 'thaw' : 'thaw-later';
  // Nothing is kept about people who were strangers and still are.
  return before === 'none' && after === 'none' ? 'stay' : 'freeze';
};

/**
 * Presence goes to the rooms that a person's contacts joined. Whoever is blocked leaves the room and is told what
 * somebody who goes offline would make them hear: `offline`, under a version that stays while the block does. Name,
 * picture and last time stay in the store; the version, as everybody's, starts again with the live state. Whatever
 * changes between two people takes the same work, whether one of them is blocked or offline.
 */
export const createVisibility = (deps: {
  io: Pick<PhoneServer, 'in'>;
  announcer: Pick<Announcer, 'toPerson'>;
  presence: Pick<Presence, 'published' | 'views'>;
  lists: LiveLists;
  profiles: Pick<ProfileStore, 'settle' | 'listed'>;
}): Visibility => {
  const { io, announcer, presence, lists, profiles } = deps;

  const enter = (viewer: UserId, userId: UserId, relation: Relation): void => {
    const phones = io.in(userRoom(viewer));
    if (relation !== 'contact') phones.socketsLeave(watchRoom(userId));
    if (relation !== 'blocked') phones.socketsLeave(missRoom(userId));
    if (relation === 'contact') phones.socketsJoin(watchRoom(userId));
    if (relation === 'blocked') phones.socketsJoin(missRoom(userId));
  };

  const seen = async (viewer: UserId, people: readonly Listed[]): Promise<ReadonlyMap<UserId, Shown>> => {
    // While live state is away nobody is seen.
    const shown = await whileAway(presence.published(people.map(({ person }) => person.userId)), null);
    const told = await whileAway(lists.frozen(viewer), null);
    if (!shown || !told) return new Map();
    for (const { person, blocks, frozen } of people) {
      const { userId } = person;
      const now = shown.get(userId) ?? NOT_THERE;
      if (!blocks && (frozen === null || isThere(now))) continue;
      const lastSeen = frozen?.lastSeen ?? null;
      const v = told.get(userId)?.v ?? 0;
      shown.set(userId, { status: 'offline', ...(lastSeen !== null && { lastSeen }), v });
    }
    return shown;
  };

  /** Changes what is frozen as `how` says; the same amount of work in every case. */
  const settle = async (
    viewer: UserId,
    userId: UserId,
    { how, gone, isListed }: { how: Freezing; gone: Shown; isListed: boolean },
  ): Promise<boolean> => {
    const { newlyFrozen, changed } = await profiles.settle(viewer, userId, how, gone.lastSeen ?? null);
    // Versions are for people in the list: of others nothing is left in live state.
    if (how === 'thaw' || !isListed) await lists.thaw(viewer, userId);
    else if (newlyFrozen) await lists.freeze(viewer, userId, gone);
    // What is frozen in the store may have outlived the live state; what is not there is not looked at.
    else await lists.freeze(viewer, userId, NOT_THERE, 'unless-frozen');
    return changed;
  };

  return {
    seen,
    touch: (viewer) => lists.touch(viewer),
    changes: (viewer) => whileAway(lists.changes(viewer), 0),
    async freeze(one, other) {
      for (const [viewer, userId] of [
        [one, other],
        [other, one],
      ] as const) {
        const { gone } = await presence.views(userId);
        await settle(viewer, userId, { how: 'freeze', gone, isListed: true });
      }
    },
    async show(viewer, userId, before, after) {
      await lists.touch(viewer);
      const { there, gone } = await presence.views(userId);
      const changed = await settle(viewer, userId, {
        how: freezing(before, after, there),
        gone,
        isListed: after !== 'none',
      });
      const listed = await profiles.listed(viewer, userId);
      const shown = await seen(viewer, listed ? [listed] : []);
      enter(viewer, userId, after);
      if (before === after) return;
      if (after === 'none') {
        announcer.toPerson(viewer, 'contact:removed', { userId });
        return;
      }
      const now = shown.get(userId) ?? NOT_THERE;
      const mustTell = before === 'none' || changed;
      if (before !== 'none' && isThere(there)) {
        announcer.toPerson(viewer, 'presence:changed', { userId, ...now });
      }
      if (listed && mustTell) announcer.toPerson(viewer, 'contact:changed', { ...listed.person, ...now });
    },
  };
};
