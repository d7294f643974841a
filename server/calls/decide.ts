import type { EndReason } from '../../protocol/calls/call.ts';
import { refuse } from '../../protocol/events.ts';
import type { CallId } from '../../protocol/ids.ts';
import { LIMITS, TIMES } from '../../protocol/limits.ts';
import { endAsReported } from './end-as-reported.ts';
import {
  deadlineOf,
  isMover,
  isOverFor,
  isParty,
  isUp,
  sideOf,
  unansweredReason,
  unconnectedReason,
  type Call,
  type Side,
} from './call.ts';
import type { Sender } from '../sender.ts';
import { decideAccept } from './decide-accept.ts';
import { decideInvite } from './decide-invite.ts';
import { decideGone } from './decide-gone.ts';
import { abandonMove, decideMove, finishMove, signalOfMove } from './decide-move.ts';
import { decideSeparated } from './decide-separated.ts';
import { decideSources } from './decide-sources.ts';
import { Draft, toPhone } from './draft.ts';
import type { Effect } from './effect.ts';
import type { Answer, LedgerEvent } from './ledger-event.ts';
import type { LedgerView, LedgerWrites } from './ledger-view.ts';
import { showRings } from './show-rings.ts';
import { stateFor } from './state-for.ts';

/** What an event leads to. */
export interface Decision {
  readonly answer: Answer;
  readonly writes: LedgerWrites;
  readonly effects: readonly Effect[];
}

type Of<K extends LedgerEvent['kind']> = Extract<LedgerEvent, { kind: K }>;

const DONE: Answer = { kind: 'done' };
const refused = (code: Parameters<typeof refuse>[0]): Answer => ({ kind: 'refused', refusal: refuse(code) });

/**
 * Every rule of the server about calls, as a pure function: who may do what, who
 * is busy, which phone won, when it ends. Reads a view, returns the writes to
 * commit together with what to answer and whom to tell.
 */
export const decide = (view: LedgerView, event: LedgerEvent): Decision => {
  const draft = new Draft(view);
  const answer = decideOn(draft, event);
  showRings(draft, view, event.at);
  return { answer, writes: draft.writes, effects: draft.effects };
};

const decideOn = (draft: Draft, event: LedgerEvent): Answer => {
  switch (event.kind) {
    case 'invite':
      return decideInvite(draft, event);
    case 'ringing':
      return onCall(draft, event.from, event.ref.callId, (call) => ringing(draft, call, event));
    case 'accept':
      return onCall(draft, event.from, event.accept.callId, (call) => decideAccept(draft, call, event));
    case 'signal':
      return onCall(draft, event.from, event.signal.callId, (call) => signal(draft, call, event));
    case 'connected':
      return onCall(draft, event.from, event.ref.callId, (call) => connected(draft, call, event));
    case 'sources':
      return onCall(draft, event.from, event.sources.callId, (call) => decideSources(draft, call, event));
    case 'move':
      return onCall(draft, event.from, event.move.callId, (call) => decideMove(draft, call, event));
    case 'end':
      return end(draft, event);
    case 'resume':
      return resume(draft, event);
    case 'ice-servers':
      return onCall(draft, event.from, event.ref.callId, (call) => mayConnect(call, event.from));
    case 'attached':
      return attached(draft, event);
    case 'detached':
      return detached(draft, event);
    case 'signed-out':
      return signedOut(draft, event);
    case 'gone':
      return decideGone(draft, event);
    case 'separated':
      decideSeparated(draft, event);
      return DONE;
    case 'give-up':
      return giveUp(draft, event);
    case 'deadline':
      return deadline(draft, event);
  }
};

/** The call, if it is this sender's business and not over; otherwise the code that says why not. */
const onCall = (draft: Draft, from: Sender, callId: CallId, act: (call: Call) => Answer): Answer => {
  const call = draft.call(callId);
  if (!call || !isParty(call, from.userId)) return refused('unknown-call');
  if (isOverFor(call, from.userId)) {
    draft.tell(toPhone(from.instanceId), stateFor(call, from));
    return refused('call-ended');
  }
  return act(call);
};

/** The phone's side of the call, or the code for a phone of the right person that is not bound to it. */
const boundSide = (call: Call, from: Sender): Side | 'answered-elsewhere' | 'wrong-state' => {
  const side = sideOf(call, from.instanceId);
  if (side !== null) return side;
  return call.calleeId === from.userId && call.state === 'ringing' ? 'wrong-state' : 'answered-elsewhere';
};

/**
 * Only phones that the call is bound to, or is handed over to, may have ICE servers: before Accept the caller's
 * alone.
 */
const mayConnect = (call: Call, from: Sender): Answer => {
  if (isMover(call, from.instanceId)) return DONE;
  const side = boundSide(call, from);
  return side === 'caller' || side === 'callee' ? DONE : refused(side);
};

const ringing = (draft: Draft, call: Call, { from }: Of<'ringing'>): Answer => {
  if (call.calleeId !== from.userId) return refused('wrong-state');
  if (call.state !== 'ringing' || call.alerting) return { kind: 'version', v: call.v };
  return { kind: 'version', v: draft.alert(call).v };
};

const signal = (draft: Draft, call: Call, event: Of<'signal'>): Answer => {
  const { from, signal: relayed } = event;
  if (call.move && relayed.lineId === call.move.lineId) return signalOfMove(draft, call, call.move, event);
  const { signal: sent } = relayed;
  const side = boundSide(call, from);
  if (side !== 'caller' && side !== 'callee') return refused(side);
  const known = call.signals[side];
  // While the call rings, only the caller's candidates are kept, and nothing is passed on.
  if (call.state === 'ringing' && sent.kind !== 'candidates') return refused('wrong-state');
  if (call.state !== 'active' && !known.some((other) => other.seq === sent.seq)) {
    if (known.length >= LIMITS.candidatesPerGeneration) return refused('too-large');
    draft.put({ ...call, signals: { ...call.signals, [side]: [...known, sent] } });
  }
  const to = side === 'caller' ? call.callee?.instanceId : call.caller.instanceId;
  if (to !== undefined) draft.effects.push({ kind: 'signal', to, ...relayed, callId: call.callId });
  return DONE;
};

const connected = (draft: Draft, call: Call, { from, at }: Of<'connected'>): Answer => {
  if (isMover(call, from.instanceId)) return { kind: 'version', v: finishMove(draft, call).v };
  const side = boundSide(call, from);
  if (side !== 'caller' && side !== 'callee') return refused(side);
  if (call.state === 'ringing') return refused('wrong-state');
  if (call.state === 'active') return { kind: 'version', v: call.v };
  const { callId, v } = draft.put({
    ...call,
    state: 'active',
    v: call.v + 1,
    connectedAt: at,
    offer: '',
    answer: null,
    signals: { caller: [], callee: [] },
  });
  for (const phone of [call.caller, call.callee]) {
    if (phone) draft.tell(toPhone(phone.instanceId), { callId, v, state: 'active' });
  }
  return { kind: 'version', v };
};

const end = (draft: Draft, { from, end: told, at }: Of<'end'>): Answer => {
  const { callId, cause } = told;
  const call = draft.call(callId);
  if (!call || !isParty(call, from.userId)) return refused('unknown-call');
  if (isOverFor(call, from.userId)) {
    // The call may have ended for another reason than this phone shows.
    draft.tell(toPhone(from.instanceId), stateFor(call, from));
    return { kind: 'version', v: call.v };
  }
  if (isMover(call, from.instanceId)) return { kind: 'version', v: abandonMove(draft, call).v };
  const side = boundSide(call, from);
  if (side === 'answered-elsewhere') return refused(side);
  const reason: EndReason =
    cause ?? (call.state !== 'ringing' ? 'hung-up' : side === 'caller' ? 'cancelled' : 'declined');
  const elsewhere =
    call.state === 'ringing' && side !== 'caller'
      ? { by: from.instanceId, reason: 'declined-elsewhere' as const }
      : undefined;
  const over = endAsReported(call, told, at);
  return { kind: 'version', v: draft.end(over.call, reason, over.at, elsewhere).v };
};

/**
 * A phone is back: it is told how the call stands and, while that connects, everything that the other side has
 * signalled.
 */
const resume = (draft: Draft, { from, ref }: Of<'resume'>): Answer => {
  const call = draft.call(ref.callId);
  if (!call || !isParty(call, from.userId)) return refused('unknown-call');
  const side = sideOf(call, from.instanceId);
  if (side !== null && call.state !== 'ended') {
    if (call.away[side] !== null) draft.put({ ...call, away: { ...call.away, [side]: null } });
    if (call.state === 'connecting') {
      for (const sent of call.signals[side === 'caller' ? 'callee' : 'caller']) {
        draft.effects.push({ kind: 'signal', to: from.instanceId, callId: call.callId, signal: sent });
      }
    }
  }
  return { kind: 'state', state: stateFor(call, from) };
};

/** Notes that a phone's connection is gone (`since`) or back (null). */
const mark = (draft: Draft, from: Sender, since: number | null): Answer => {
  const callId = draft.person(from.userId).callId;
  const call = callId === null ? undefined : draft.call(callId);
  const side = call && sideOf(call, from.instanceId);
  if (call && side && (call.away[side] === null) !== (since === null)) {
    draft.put({ ...call, away: { ...call.away, [side]: since } });
  }
  return DONE;
};

/**
 * When a phone goes that was taking a call over, the call stays where it was. A caller's phone that a stopping
 * server has sent away comes back when it was told to, so the call rings on.
 */
const detached = (draft: Draft, { from, at, sentAway }: Of<'detached'>): Answer => {
  const callId = draft.person(from.userId).callId;
  const call = callId === null ? undefined : draft.call(callId);
  if (call && isMover(call, from.instanceId)) {
    abandonMove(draft, call);
    return DONE;
  }
  if (sentAway && call?.state === 'ringing') return DONE;
  return mark(draft, from, at);
};

/**
 * A phone's connection is up. A call that is bound to this sign-in and that its phone no longer holds is over: the
 * phone hung up while away, or it is a new phone. An end that the phone reports counts like `call:end`.
 */
const attached = (draft: Draft, { from, held, ended, at }: Of<'attached'>): Answer => {
  const callId = draft.person(from.userId).callId;
  const call = callId === null ? undefined : draft.call(callId);
  if (!call) return DONE;
  const bound = call.callerId === from.userId ? call.caller : call.callee;
  if (bound?.sessionId !== from.sessionId) return DONE;
  const samePhone = bound.instanceId === from.instanceId;
  if (samePhone && held !== null && (held === call.callId || call.aliases.includes(held))) {
    return mark(draft, from, null);
  }
  const told = ended && draft.call(ended.callId)?.callId === call.callId ? ended : null;
  const overUp: EndReason = told?.cause ?? (samePhone || told ? 'hung-up' : 'connection-lost');
  const over = endAsReported(call, told ?? {}, at);
  draft.end(over.call, isUp(call) ? overUp : 'cancelled', over.at);
  return DONE;
};

const signedOut = (draft: Draft, { userId, sessionId, at }: Of<'signed-out'>): Answer => {
  const callId = draft.person(userId).callId;
  const call = callId === null ? undefined : draft.call(callId);
  const bound = call && (call.callerId === userId ? call.caller : call.callee);
  if (call?.move?.phone.sessionId === sessionId) abandonMove(draft, call);
  if (call && bound?.sessionId === sessionId) draft.end(call, isUp(call) ? 'hung-up' : 'cancelled', at);
  return DONE;
};

const giveUp = (draft: Draft, { callId, reason, at }: Of<'give-up'>): Answer => {
  const call = draft.call(callId);
  if (call && call.state !== 'ended') draft.end(call, reason, at);
  return DONE;
};

/** Applies what has fallen due. Safe to call early or twice. */
const deadline = (draft: Draft, { callId, at }: Of<'deadline'>): Answer => {
  const call = draft.call(callId);
  const due = call && deadlineOf(call);
  if (!call || due === null || due === undefined || due > at) return DONE;
  switch (call.state) {
    case 'ringing':
      draft.end(call, unansweredReason(call), at);
      return DONE;
    case 'connecting':
      draft.end(call, unconnectedReason(call), at);
      return DONE;
    case 'active':
      if (call.move && call.move.until <= at) {
        abandonMove(draft, call);
        return DONE;
      }
      // The call ended when its phone went away, not when the grace was over, nor when this is served.
      draft.end(call, 'connection-lost', due - TIMES.away);
      return DONE;
    case 'ended':
      draft.forget(call);
      return DONE;
  }
};
