import type { EndReason, Media } from '../../protocol/calls/call.ts';
import type { Direction } from '../../protocol/history/history.ts';
import { isMissed } from '../../protocol/history/is-missed.ts';
import type { CallId, UserId } from '../../protocol/ids.ts';
import type { CallRecord } from '../calls/call-record.ts';

/** One call in one person's history, as it is kept. */
export interface StoredEntry {
  readonly userId: UserId;
  readonly otherId: UserId;
  readonly callId: CallId;
  readonly direction: Direction;
  readonly media: Media;
  readonly reason: EndReason;
  /** Epoch milliseconds. */
  readonly placedAt: number;
  /** Milliseconds from connected to ended; null: it never connected. */
  readonly duration: number | null;
  /** Missed, and not looked at yet. */
  readonly unseen: boolean;
}

/**
 * The history entries of a call that has ended: one for each of the two, with the same reason, but none for a
 * callee who must not know of it. A call that has not ended has none.
 */
export const entriesOf = (record: CallRecord): StoredEntry[] => {
  const { callId, callerId, calleeId, media, reason, placedAt, connectedAt, endedAt } = record;
  if (record.state !== 'ended' || reason === null || endedAt === null) return [];
  // A machine's clock may be set back during a call.
  const duration = connectedAt === null ? null : Math.max(0, endedAt - connectedAt);
  const facts = { callId, media, reason, placedAt, duration };
  const entry = (userId: UserId, otherId: UserId, direction: Direction): StoredEntry => ({
    ...facts,
    userId,
    otherId,
    direction,
    unseen: isMissed({ direction, reason, duration }),
  });
  const callers = entry(callerId, calleeId, 'outgoing');
  return record.traceless ? [callers] : [callers, entry(calleeId, callerId, 'incoming')];
};
