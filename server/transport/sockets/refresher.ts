import type { Clock, Timer } from '../../clock.ts';
import type { PhoneServer } from './typed-io.ts';

/**
 * All phones connect anew within this time, in milliseconds: one each millisecond, or faster if they are too many
 * for that.
 */
const WITHIN = 10_000;

/** Makes all phones of this node connect anew, spread over a time. */
export interface Refresher {
  /** Events may have passed this node by; what a phone is told when it connects makes up for them. */
  refresh(): void;
  stop(): void;
}

export const createRefresher = (io: Pick<PhoneServer, 'sockets'>, clock: Clock): Refresher => {
  const timers = new Set<Timer>();
  return {
    refresh() {
      const phones = [...io.sockets.sockets.values()];
      const step = Math.min(1, WITHIN / Math.max(1, phones.length));
      for (const [i, socket] of phones.entries()) {
        const timer = clock.setTimeout(() => {
          timers.delete(timer);
          // Not disconnect(): the phone comes back from this.
          socket.conn.close();
        }, i * step);
        timers.add(timer);
      }
    },
    stop() {
      for (const timer of timers) timer.cancel();
      timers.clear();
    },
  };
};
