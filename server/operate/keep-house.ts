import type { Logger } from 'pino';
import { TIMES } from '../../protocol/limits.ts';
import { LINGER } from '../calls/call.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { keepRetention } from './keep-retention.ts';
import { createSweepGuard } from './sweep-guard.ts';
import type { Swept } from '../sweep-store.ts';
import { createRefresher } from '../transport/sockets/refresher.ts';
import { keepSessions } from '../transport/sockets/session-keeper.ts';
import type { PhoneServer } from '../transport/sockets/typed-io.ts';
import type { Store } from '../store.ts';

interface HouseDeps {
  io: PhoneServer;
  store: Pick<Store, 'sessions' | 'history' | 'messages' | 'calls' | 'requests' | 'sweeps' | 'scrub'>;
  config: Pick<Config, 'sessionLife' | 'historyLife' | 'messageLife'>;
  clock: Clock;
  log: Logger;
}

/**
 * What goes on by itself while a server runs: sessions expire, what is too old is deleted, and phones connect anew
 * when asked.
 */
export const keepHouse = ({
  io,
  store,
  config,
  clock,
  log,
}: HouseDeps): { refresh: () => void; stop: () => void } => {
  const { sessionLife, historyLife, messageLife } = config;
  const guard = createSweepGuard({ sweeps: store.sweeps, clock, log });
  /** Guards a deletion of what people would miss. */
  const guarded =
    (what: Swept, removeBefore: (time: number) => Promise<number>) =>
    (time: number): Promise<number> =>
      guard.sweep(what, time, () => removeBefore(time));
  const stopSessions = keepSessions({
    io,
    sessions: {
      touch: (...touched) => store.sessions.touch(...touched),
      removeExpired: guarded('sessions', (now) => store.sessions.removeExpired(now)),
    },
    clock,
    sessionLife,
    log,
  });
  const refresher = createRefresher(io, clock);
  const stopRetention = keepRetention({
    retained: [
      {
        what: 'history',
        life: historyLife,
        removeBefore: guarded('history', (time) => store.history.removeBefore(time)),
      },
      {
        what: 'messages',
        life: messageLife,
        removeBefore: guarded('messages', (time) => store.messages.removeBefore(time)),
      },
      {
        what: 'declined contact requests',
        life: TIMES.declined,
        removeBefore: guarded('requests', (time) => store.requests.forgetWithdrawnBefore(time)),
      },
      // The ledger's own records: people's copies are in their histories.
      { what: 'calls', life: LINGER, removeBefore: (time) => store.calls.removeEndedBefore(time) },
    ],
    scrub: () => store.scrub(),
    clock,
    log,
  });
  return {
    refresh: () => {
      refresher.refresh();
    },
    stop: () => {
      stopSessions();
      stopRetention();
      refresher.stop();
    },
  };
};
