import type { UserId } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/presence.ts';
import type { Relation } from '../contacts/directory.ts';
import type { LiveLists } from '../live/live-lists.ts';
import { whileAway } from '../live/while-away.ts';
import { NOT_THERE, type Presence, type Shown } from '../presence/presence.ts';
import type { Announcer } from './announcer.ts';
import { userRoom, watchRoom } from './rooms.ts';
import type { PhoneServer } from './typed-io.ts';

/** Whom a viewer's list shows, and whether they have blocked the viewer. */
export interface Listed {
  readonly userId: UserId;
  readonly hidden: boolean;
}

/** What people see of one another on their connected phones. */
export interface Sight {
  /** What a viewer is shown of those in their list. */
  seen(viewer: UserId, people: readonly Listed[]): Promise<ReadonlyMap<UserId, Shown>>;
  /** Carries a change of what `person` is to `viewer` to all phones of the viewer, at once. */
  show(viewer: UserId, person: Person, before: Relation, after: Relation): Promise<void>;
  /** Something of a person's list has changed that `show` does not know of. */
  touch(viewer: UserId): Promise<void>;
  /** How often a person's list has changed since the start: what was read of it before a change is stale. */
  changes(viewer: UserId): Promise<number>;
}

/**
 * Presence goes to the rooms that a person's contacts joined. Whoever is blocked
 * leaves the room and is told what somebody who goes offline would make them
 * hear: `offline`, under a version that stays while the block does. After a
 * restart it is 0, as it is for everybody who was not there since.
 */
export const createSight = (deps: {
  io: Pick<PhoneServer, 'in'>;
  announcer: Pick<Announcer, 'toPerson'>;
  presence: Pick<Presence, 'published' | 'publishedOf' | 'renew' | 'gone'>;
  lists: LiveLists;
}): Sight => {
  const { io, announcer, presence, lists } = deps;

  const join = (viewer: UserId, userId: UserId): void => {
    io.in(userRoom(viewer)).socketsJoin(watchRoom(userId));
  };
  const leave = (viewer: UserId, userId: UserId): void => {
    io.in(userRoom(viewer)).socketsLeave(watchRoom(userId));
  };

  /** Of somebody who has blocked the viewer: first asked for since the start, as of one who was not there since. */
  const hiddenAs = async (viewer: UserId, userId: UserId, now: Shown): Promise<Shown> => {
    const early: Shown = now.status === 'offline' ? now : NOT_THERE;
    await lists.freeze(viewer, userId, early, 'unless-frozen');
    return (await lists.frozen(viewer)).get(userId) ?? early;
  };

  const seen = async (viewer: UserId, people: readonly Listed[]): Promise<ReadonlyMap<UserId, Shown>> => {
    // While live state is away nobody is seen.
    const shown = await whileAway(presence.published(people.map(({ userId }) => userId)), null);
    if (!shown) return new Map();
    const hidden = people.filter((person) => person.hidden);
    if (hidden.length === 0) return shown;
    const frozen = await lists.frozen(viewer);
    for (const { userId } of hidden) {
      const now = shown.get(userId) ?? NOT_THERE;
      shown.set(userId, frozen.get(userId) ?? (await hiddenAs(viewer, userId, now)));
    }
    return shown;
  };

  const hide = async (viewer: UserId, userId: UserId): Promise<void> => {
    leave(viewer, userId);
    const { status } = await presence.publishedOf(userId);
    const gone = await presence.gone(userId);
    await lists.freeze(viewer, userId, gone);
    if (status !== 'offline') announcer.toPerson(viewer, 'presence:changed', { userId, ...gone });
  };
  const unhide = async (viewer: UserId, userId: UserId): Promise<void> => {
    await lists.thaw(viewer, userId);
    join(viewer, userId);
    const { status } = await presence.publishedOf(userId);
    if (status === 'offline') return;
    announcer.toPerson(viewer, 'presence:changed', { userId, ...(await presence.renew(userId)) });
  };

  const appear = async (viewer: UserId, person: Person, hidden: boolean): Promise<void> => {
    const { userId } = person;
    if (!hidden) join(viewer, userId);
    const shown = (await seen(viewer, [{ userId, hidden }])).get(userId) ?? NOT_THERE;
    announcer.toPerson(viewer, 'contact:changed', { ...person, ...shown });
  };
  const vanish = async (viewer: UserId, userId: UserId): Promise<void> => {
    await lists.thaw(viewer, userId);
    leave(viewer, userId);
    announcer.toPerson(viewer, 'contact:removed', { userId });
  };

  return {
    seen,
    touch: (viewer) => lists.touch(viewer),
    changes: (viewer) => whileAway(lists.changes(viewer), 0),
    async show(viewer, person, before, after) {
      await lists.touch(viewer);
      if (before === after) return;
      if (before === 'none') await appear(viewer, person, after === 'blocked');
      else if (after === 'none') await vanish(viewer, person.userId);
      else if (after === 'blocked') await hide(viewer, person.userId);
      else await unhide(viewer, person.userId);
    },
  };
};
