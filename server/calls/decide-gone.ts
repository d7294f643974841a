import type { UserId } from '../../protocol/ids.ts';
import { isUp } from './call.ts';
import type { Draft } from './draft.ts';
import type { Answer } from './ledger-event.ts';

/** An account is deleted: its call ends as if the person had hung up, and calls that ring there end as unreachable. */
export const decideGone = (draft: Draft, { userId, at }: { userId: UserId; at: number }): Answer => {
  const { callId, ringing } = draft.person(userId);
  for (const ring of ringing) {
    const call = draft.call(ring.callId);
    if (call?.state === 'ringing') draft.end(call, 'unreachable', at);
  }
  const own = callId === null ? undefined : draft.call(callId);
  if (own && own.state !== 'ended') draft.end(own, isUp(own) ? 'hung-up' : 'cancelled', at);
  return { kind: 'done' };
};
