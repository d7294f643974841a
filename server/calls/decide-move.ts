import { refuse } from '../../protocol/events.ts';
import { TIMES } from '../../protocol/limits.ts';
import { sideOf, type Call, type Move, type Side, type Sources } from './call.ts';
import type { PhoneRef } from '../sender.ts';
import { toPhone, type Draft } from './draft.ts';
import type { Answer, LedgerEvent } from './ledger-event.ts';

type MoveEvent = Extract<LedgerEvent, { kind: 'move' }>;
type SignalEvent = Extract<LedgerEvent, { kind: 'signal' }>;

const refused = (code: 'answered-elsewhere' | 'unreachable' | 'wrong-state'): Answer => ({
  kind: 'refused',
  refusal: refuse(code),
});

const otherSide = (side: Side): Side => (side === 'caller' ? 'callee' : 'caller');

/** The phone that stays while the other side moves. */
const stayingPhone = (call: Call, side: Side): PhoneRef | null => call[otherSide(side)];

/** The answer while the sources are unknown: a phone that takes the call over must open none that may have been off. */
const OFF: Sources = { microphone: false, camera: false };

const answerFor = (call: Call, side: Side, at: number): Answer => ({
  kind: 'moving',
  v: call.v,
  connectedFor: Math.max(0, at - (call.connectedAt ?? at)),
  ...(call.sources[side] ?? OFF),
});

/** Starts a hand-over. The call stays bound to the old phone until the new connection is up. */
export const decideMove = (draft: Draft, call: Call, { from, move, at }: MoveEvent): Answer => {
  const { lineId, offer } = move;
  if (call.state !== 'active') return refused('wrong-state');
  const side: Side = call.callerId === from.userId ? 'caller' : 'callee';
  if (sideOf(call, from.instanceId) !== null) {
    return call.lineId === lineId ? answerFor(call, side, at) : refused('wrong-state');
  }
  if (call.move) {
    const same = call.move.lineId === lineId && call.move.phone.instanceId === from.instanceId;
    return same ? answerFor(call, side, at) : refused('answered-elsewhere');
  }
  const staying = stayingPhone(call, side);
  if (!staying || call.away[otherSide(side)] !== null) return refused('unreachable');
  const { sessionId, instanceId } = from;
  const moving = draft.put({
    ...call,
    v: call.v + 1,
    move: { lineId, side, phone: { sessionId, instanceId }, until: at + TIMES.moving },
  });
  const { callId, v } = moving;
  const userId = side === 'caller' ? call.calleeId : call.callerId;
  draft.effects.push({ kind: 'moving', to: staying.instanceId, userId, callId, v, lineId, offer });
  return answerFor(moving, side, at);
};

/** Completes a hand-over when the new connection is up: binds the call to the new phone, and ends it at the old one. */
export const finishMove = (draft: Draft, call: Call): Call => {
  const { move, callId } = call;
  if (!move) return call;
  const left = call[move.side];
  const staying = stayingPhone(call, move.side);
  const moved = draft.put({
    ...call,
    [move.side]: move.phone,
    v: call.v + 1,
    move: null,
    lineId: move.lineId,
    away: { ...call.away, [move.side]: null },
  });
  const { v } = moved;
  // The other side is told first, so that it uses the new connection before the old phone closes its own.
  for (const phone of [staying, move.phone]) {
    if (phone) draft.tell(toPhone(phone.instanceId), { callId, v, state: 'active', lineId: move.lineId });
  }
  if (left) {
    draft.tell(toPhone(left.instanceId), { callId, v, state: 'ended', reason: 'continued-elsewhere' });
  }
  // Repeated, because the person is now in the call on another phone.
  const userId = move.side === 'caller' ? call.callerId : call.calleeId;
  draft.effects.push({ kind: 'in-call', userId, inCall: true });
  return moved;
};

/** Abandons a hand-over: the call stays bound to the old phone. */
export const abandonMove = (draft: Draft, call: Call): Call => {
  const { move, callId, lineId } = call;
  if (!move) return call;
  const kept = draft.put({ ...call, v: call.v + 1, move: null });
  const { v } = kept;
  const staying = stayingPhone(call, move.side);
  if (staying) {
    draft.tell(toPhone(staying.instanceId), {
      callId,
      v,
      state: 'active',
      ...(lineId !== null && { lineId }),
    });
  }
  draft.tell(toPhone(move.phone.instanceId), { callId, v, state: 'ended', reason: 'media-failed' });
  return kept;
};

/** Passes a signal between the phone that takes the call over and the one that stays. */
export const signalOfMove = (
  draft: Draft,
  call: Call,
  move: Move,
  { from, signal: sent }: SignalEvent,
): Answer => {
  const staying = stayingPhone(call, move.side)?.instanceId;
  const mover = move.phone.instanceId;
  if (from.instanceId !== staying && from.instanceId !== mover) return refused('answered-elsewhere');
  const to = from.instanceId === mover ? staying : mover;
  if (to !== undefined) draft.effects.push({ kind: 'signal', to, ...sent });
  return { kind: 'done' };
};
