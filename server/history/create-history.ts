import type { Logger } from 'pino';
import type { Ack, ClientEvent, ClientPayload, ClientResult } from '../../protocol/events.ts';
import type { Missed } from '../../protocol/history/history.ts';
import type { UserId } from '../../protocol/ids.ts';
import type { CallRecord } from '../calls/call-record.ts';
import type { Sender } from '../sender.ts';
import type { Emitter } from '../emitter.ts';
import type { HistoryStore } from './history-store.ts';
import { entriesOf } from './entries-of.ts';

type HistoryEvent = Extract<ClientEvent, `history:${string}`>;

interface HistoryDeps {
  history: HistoryStore;
  announcer: Pick<Emitter, 'toPerson'>;
  log: Logger;
}

/** What the rest of the server knows of people's histories. */
export interface History {
  readonly handlers: {
    readonly [E in HistoryEvent]: (from: Sender, payload: ClientPayload<E>) => Promise<Ack<ClientResult<E>>>;
  };
  /** For `session:ready`. */
  missed(userId: UserId): Promise<Missed>;
  /**
   * A call that ended is on record: tells the devices of everybody in whose history it is. A callee who was not
   * reached is told when they are back: somebody who hides is treated like somebody who is away.
   */
  onEnded(record: CallRecord): void;
  /** The person is there again. */
  onAppeared(userId: UserId): Promise<void>;
}

/** Each person's own history of calls: read, looked at and deleted by its owner alone. */
export const createHistory = ({ history, announcer, log }: HistoryDeps): History => {
  /** All devices of the person, also the one that asked: its own pages are out of date, too. */
  const tell = async (userId: UserId): Promise<void> => {
    announcer.toPerson(userId, 'history:changed', { missed: await history.missed(userId) });
  };
  const done = { ok: true } as const;

  return {
    handlers: {
      'history:page': async ({ userId }, query) => ({ ...done, ...(await history.page(userId, query)) }),
      'history:seen': async ({ userId }) => {
        if (await history.see(userId)) await tell(userId);
        return done;
      },
      'history:delete': async ({ userId }, { callId }) => {
        if (await history.remove(userId, callId)) await tell(userId);
        return done;
      },
      'history:clear': async ({ userId }) => {
        if (await history.clear(userId)) await tell(userId);
        return done;
      },
    },
    missed: (userId) => history.missed(userId),
    onAppeared: tell,
    onEnded(record) {
      for (const { userId, direction, reason } of entriesOf(record)) {
        if (direction === 'incoming' && reason === 'unreachable') continue;
        tell(userId).catch((error: unknown) => {
          log.error({ err: error, callId: record.callId }, 'a change of the history was not told');
        });
      }
    },
  };
};
