import type { Missed } from '../../../protocol/history/history.ts';
import type { CallView, HistoryView } from '../../ipc/snapshot.ts';
import type { Signaling } from '../connection/signaling.ts';
import type { SnapshotStore } from '../snapshot-store.ts';

/**
 * How many calls were missed since the current call began, because the views of a call show no history and say so
 * themselves.
 */
const missedDuring = (call: CallView | null, before: HistoryView, now: Missed): HistoryView['during'] => {
  if (!call || call.phase.kind === 'ended' || before.missed === null) return undefined;
  const { callId } = call;
  const known = before.during?.callId === callId ? before.during.count : 0;
  const count = Math.min(now.count, known + Math.max(0, now.count - before.missed.count));
  return count > 0 ? { callId, count } : undefined;
};

/** Keeps what was missed as the server tells it. Pages are read by views when they show them. */
export const followHistory = (
  signaling: Pick<Signaling, 'on'>,
  store: Pick<SnapshotStore, 'current' | 'update'>,
): void => {
  const tell = ({ missed }: { missed: Missed }): void => {
    const { call, history } = store.current;
    const during = missedDuring(call, history, missed);
    store.update({ history: { missed, revision: history.revision + 1, ...(during && { during }) } });
  };
  // What happened while the connection was away is told by no event: pages count as out of date.
  signaling.on('session:ready', tell);
  signaling.on('history:changed', tell);
};
