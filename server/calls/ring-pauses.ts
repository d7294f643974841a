import type { CallId, UserId } from '../../protocol/ids.ts';
import type { CreateLimiter } from '../limits/limiter.ts';
import type { Decision } from './decide.ts';
import type { Untimed } from './ledger-event.ts';

/** Bounds how often one person may call another who does not answer. */
export interface RingPauses {
  /**
   * Counts an invite before it is decided on, so that many at once are counted, too.
   * @returns whole seconds to wait; null: they may call.
   */
  take(from: UserId, to: UserId): Promise<number | null>;
  /** Takes back the count of an invite that placed no call, and clears the counts of two people who talk. */
  follow(event: Untimed, decision: Decision): Promise<void>;
}

/**
 * Whether a decision put a new call on record: it rings, or the callee finds it as a missed one. A blocked caller's
 * record counts like any other, or the pause would reveal the block; one between two people who are not contacts is
 * never seen by the callee.
 */
const isPlaced = ({ calls }: Decision['writes'], callId: CallId): boolean => {
  const call = calls.get(callId);
  return call !== undefined && call.reason !== 'not-allowed';
};

/** @param createLimiter keeps the counters where all nodes see them. */
export const createRingPauses = (createLimiter: CreateLimiter): RingPauses => {
  const rings = createLimiter('rings:pair');
  const pair = (from: UserId, to: UserId): string => `${from} ${to}`;

  return {
    take: (from, to) => rings.take(pair(from, to)),
    async follow(event, { writes }) {
      if (event.kind === 'invite') {
        const { from, invite, pause } = event;
        if (pause === undefined && !isPlaced(writes, invite.callId)) {
          await rings.giveBack(pair(from.userId, invite.to));
        }
        return;
      }
      if (event.kind !== 'accept') return;
      for (const { state, callerId, calleeId } of writes.calls.values()) {
        if (state !== 'connecting') continue;
        await Promise.all([rings.forget(pair(callerId, calleeId)), rings.forget(pair(calleeId, callerId))]);
      }
    },
  };
};
