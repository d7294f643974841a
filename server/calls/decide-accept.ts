import { refuse } from '../../protocol/events.ts';
import type { Call } from './call.ts';
import { toPhone, type Draft } from './draft.ts';
import type { Answer, LedgerEvent } from './ledger-event.ts';

type AcceptEvent = Extract<LedgerEvent, { kind: 'accept' }>;

/**
 * Binds the call to the first phone that accepts, and locks both people. A caller who has vanished may come back
 * within a few seconds, for which the call rings on; the callee waits no longer than that (`deadlineOf`).
 */
export const decideAccept = (draft: Draft, call: Call, { from, accept, at }: AcceptEvent): Answer => {
  if (call.calleeId !== from.userId) return { kind: 'refused', refusal: refuse('wrong-state') };
  if (call.state !== 'ringing') {
    if (call.callee?.instanceId !== from.instanceId) {
      return { kind: 'refused', refusal: refuse('answered-elsewhere') };
    }
    return { kind: 'accepted', v: call.v, signals: call.signals.caller };
  }
  const ownId = draft.person(from.userId).callId;
  const own = ownId === null ? undefined : draft.call(ownId);
  if (own) {
    // The callee's own call: if it still rings, accepting this one cancels it; if it is up, this one should have
    // ended as busy.
    if (own.state !== 'ringing') return { kind: 'refused', refusal: refuse('busy') };
    draft.end(own, 'cancelled', at);
  }
  const { callId } = call;
  const connecting = draft.put({
    ...call,
    state: 'connecting',
    v: call.v + 1,
    callee: { sessionId: from.sessionId, instanceId: from.instanceId },
    acceptedAt: at,
    answer: accept.answer,
  });
  draft.stopRinging(from.userId, callId);
  draft.lock(from.userId, callId);
  const { v } = connecting;
  draft.tell(toPhone(call.caller.instanceId), { callId, v, state: 'connecting', answer: accept.answer });
  draft.tell(
    { kind: 'person', userId: from.userId, except: from.instanceId },
    { callId, v, state: 'ended', reason: 'answered-elsewhere' },
  );
  for (const userId of [call.callerId, call.calleeId]) {
    draft.endRinging(userId, callId, at);
    draft.effects.push({ kind: 'in-call', userId, inCall: true });
  }
  return { kind: 'accepted', v, signals: call.signals.caller };
};
