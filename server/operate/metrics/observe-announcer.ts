import type { Announcer } from '../../transport/sockets/announcer.ts';
import { watchRoom } from '../../transport/sockets/rooms.ts';
import type { PhoneServer } from '../../transport/sockets/typed-io.ts';
import type { Metrics } from './metrics.ts';

/** Counts how many connections of this process each change of presence goes to. */
export const observeAnnouncer = (
  announcer: Announcer,
  io: PhoneServer,
  metrics: Pick<Metrics, 'presenceChanged'>,
): Announcer => ({
  ...announcer,
  toWatchers(userId, event, payload) {
    announcer.toWatchers(userId, event, payload);
    if (event !== 'presence:changed') return;
    metrics.presenceChanged(io.of('/').adapter.rooms.get(watchRoom(userId))?.size ?? 0);
  },
});
