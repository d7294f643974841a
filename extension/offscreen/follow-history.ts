import type { Missed } from '../../protocol/history.ts';
import type { HistoryView } from '../messaging/snapshot.ts';
import type { Signaling } from '../signaling/signaling.ts';
import type { SnapshotStore } from './snapshot-store.ts';

/** While nobody is signed in, or the server has told nothing yet. */
export const NO_HISTORY: HistoryView = { missed: null, revision: 0 };

/** Keeps what was missed as the server tells it. Pages are read by views when they show them. */
export const followHistory = (
  signaling: Pick<Signaling, 'on'>,
  store: Pick<SnapshotStore, 'current' | 'update'>,
): void => {
  const tell = ({ missed }: { missed: Missed }): void => {
    store.update({ history: { missed, revision: store.current.history.revision + 1 } });
  };
  // What happened while the connection was away is told by no event: pages count as out of date.
  signaling.on('session:ready', tell);
  signaling.on('history:changed', tell);
};
