import { wakeAt } from '../../presence/presence-entry.ts';
import type { LivePresence } from '../../presence/live-presence.ts';
import type { CellName } from './cells.ts';
import type { RedisCells } from './redis-cells.ts';

/** Presence in Redis. */
export const createRedisPresence = (cells: RedisCells): LivePresence => {
  const nameOf = (id: string): CellName => ({ kind: 'presence', id });
  return {
    change: (userId, change) =>
      cells.change([nameOf(userId)], (draft) => {
        const known = draft.get('presence', userId);
        const { entry, result } = change(known);
        // Many reports change nothing and need no write.
        if (JSON.stringify(entry) === JSON.stringify(known)) return result;
        draft.set('presence', userId, entry);
        draft.alarm('presence', userId, wakeAt(entry));
        return result;
      }),
    read: (userIds) =>
      cells.change(userIds.map(nameOf), (draft) => userIds.map((userId) => draft.get('presence', userId))),
  };
};
