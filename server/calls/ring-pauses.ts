import type { UserId } from '../../protocol/ids.ts';
import type { CreateLimiter } from '../limits/limiter.ts';
import type { Call } from './call.ts';
import type { Decision } from './decide.ts';
import type { Untimed } from './ledger-event.ts';

/** Lets nobody ring another person again and again who does not answer. */
export interface RingPauses {
  /**
   * Counts a ring before it is placed, so that many at once are counted, too.
   * @returns whole seconds to wait; null: they may ring.
   */
  take(from: UserId, to: UserId): Promise<number | null>;
  /** Takes back what turned out to be no ring, or an answered one. */
  follow(event: Untimed, decision: Decision): Promise<void>;
}

/** Whether a call that rang ended by neither the caller's doing nor the callee's silence. */
const isExcused = ({ reason }: Call): boolean =>
  reason === 'declined' || reason === 'busy' || reason === 'unreachable';

/** @param createLimiter keeps the counters where all nodes see them. */
export const createRingPauses = (createLimiter: CreateLimiter): RingPauses => {
  const rings = createLimiter('rings:pair');
  const pair = (from: UserId, to: UserId): string => `${from} ${to}`;

  const followCall = async (call: Call, event: Untimed): Promise<void> => {
    const { callerId, calleeId } = call;
    if (event.kind === 'accept' && call.state === 'connecting') {
      // They talk: whatever there was before, in either direction, is settled.
      await Promise.all([rings.forget(pair(callerId, calleeId)), rings.forget(pair(calleeId, callerId))]);
      return;
    }
    const rang = call.state === 'ended' && call.acceptedAt === null && event.kind !== 'invite';
    if (rang && isExcused(call)) await rings.giveBack(pair(callerId, calleeId));
  };

  return {
    take: (from, to) => rings.take(pair(from, to)),
    async follow(event, { effects, writes }) {
      if (
        event.kind === 'invite' &&
        event.pause === undefined &&
        !effects.some(({ kind }) => kind === 'ring')
      ) {
        await rings.giveBack(pair(event.from.userId, event.invite.to));
      }
      for (const callId of writes.transitions) {
        const call = writes.calls.get(callId);
        if (call) await followCall(call, event);
      }
    },
  };
};
