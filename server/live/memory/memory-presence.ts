import type { UserId } from '../../../protocol/ids.ts';
import type { PresenceEntry } from '../../presence/presence-entry.ts';
import type { LivePresence } from '../../presence/live-presence.ts';

/** Presence in this process's memory. */
export const createMemoryPresence = (): LivePresence => {
  const people = new Map<UserId, PresenceEntry>();
  return {
    change(userId, change) {
      const { entry, result } = change(people.get(userId));
      people.set(userId, entry);
      return Promise.resolve(result);
    },
    read: (userIds) => Promise.resolve(userIds.map((userId) => people.get(userId))),
  };
};
