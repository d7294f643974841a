import type { UserId } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/presence.ts';
import type { Relation } from '../contacts/directory.ts';
import type { Presence } from '../presence/presence.ts';
import type { Announcer } from './announcer.ts';
import { userRoom, watchRoom } from './rooms.ts';
import type { PhoneServer } from './typed-io.ts';

type Seen = ReturnType<Presence['published']>;

/** What people see of one another on their connected phones. */
export interface Sight {
  /** What a person is shown of somebody in their list. */
  seen(viewer: UserId, userId: UserId, hidden: boolean): Seen;
  /** Carries a change of what `person` is to `viewer` to all phones of the viewer, at once. */
  show(viewer: UserId, person: Person, before: Relation, after: Relation): void;
  /** Something of a person's list has changed that `show` does not know of. */
  touch(viewer: UserId): void;
  /** How often a person's list has changed since the start: what was read of it before a change is stale. */
  changes(viewer: UserId): number;
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
  presence: Pick<Presence, 'published' | 'renew' | 'gone'>;
}): Sight => {
  const { io, announcer, presence } = deps;
  const changed = new Map<UserId, number>();
  const hiddenAs = new Map<UserId, Map<UserId, Seen>>();

  const join = (viewer: UserId, userId: UserId): void => {
    io.in(userRoom(viewer)).socketsJoin(watchRoom(userId));
  };
  const leave = (viewer: UserId, userId: UserId): void => {
    io.in(userRoom(viewer)).socketsLeave(watchRoom(userId));
  };

  /** From now on this is what the viewer is shown. */
  const freeze = (viewer: UserId, userId: UserId, as: Seen): Seen => {
    const known = hiddenAs.get(viewer) ?? new Map<UserId, Seen>();
    hiddenAs.set(viewer, known.set(userId, as));
    return as;
  };
  /** First asked for since the start: as somebody who was not there since. */
  const early = (viewer: UserId, userId: UserId): Seen => {
    const now = presence.published(userId);
    return freeze(viewer, userId, now.status === 'offline' ? now : { status: 'offline', v: 0 });
  };
  const seen = (viewer: UserId, userId: UserId, hidden: boolean): Seen =>
    hidden ? (hiddenAs.get(viewer)?.get(userId) ?? early(viewer, userId)) : presence.published(userId);

  const hide = (viewer: UserId, userId: UserId): void => {
    leave(viewer, userId);
    const wasThere = presence.published(userId).status !== 'offline';
    const gone = freeze(viewer, userId, presence.gone(userId));
    if (wasThere) announcer.toPerson(viewer, 'presence:changed', { userId, ...gone });
  };
  const unhide = (viewer: UserId, userId: UserId): void => {
    hiddenAs.get(viewer)?.delete(userId);
    join(viewer, userId);
    if (presence.published(userId).status === 'offline') return;
    announcer.toPerson(viewer, 'presence:changed', { userId, ...presence.renew(userId) });
  };

  const appear = (viewer: UserId, person: Person, hidden: boolean): void => {
    if (!hidden) join(viewer, person.userId);
    announcer.toPerson(viewer, 'contact:changed', { ...person, ...seen(viewer, person.userId, hidden) });
  };
  const vanish = (viewer: UserId, userId: UserId): void => {
    hiddenAs.get(viewer)?.delete(userId);
    leave(viewer, userId);
    announcer.toPerson(viewer, 'contact:removed', { userId });
  };

  const touch = (viewer: UserId): void => {
    changed.set(viewer, (changed.get(viewer) ?? 0) + 1);
  };

  return {
    seen,
    touch,
    show(viewer, person, before, after) {
      touch(viewer);
      if (before === after) return;
      if (before === 'none') appear(viewer, person, after === 'blocked');
      else if (after === 'none') vanish(viewer, person.userId);
      else if (after === 'blocked') hide(viewer, person.userId);
      else unhide(viewer, person.userId);
    },
    changes: (viewer) => changed.get(viewer) ?? 0,
  };
};
