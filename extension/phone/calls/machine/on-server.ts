import type { CallState } from '../../../../protocol/calls/call.ts';
import type { ErrorCode } from '../../../../protocol/errors.ts';
import type { CallId } from '../../../../protocol/ids.ts';
import type { PhoneEvent } from './event.ts';
import {
  isLive,
  type Connecting,
  type Dialing,
  type Ended,
  type LiveCall,
  type Phone,
  type RingingIn,
} from './phone.ts';
import { settleNextLink } from './on-hand-over.ts';
import { hasRoomFor, inOrder, onStillRinging } from './on-queue.ts';
import { reasonForCode } from './reason-for-code.ts';
import { endHere, endTold, handled, stale, type Step } from './step.ts';

type Of<K extends PhoneEvent['kind']> = Extract<PhoneEvent, { kind: K }>;

/** How many milliseconds longer than the server says the phone rings, so that the server's own end comes first. */
const EXPIRY_MARGIN = 5_000;

/** The version of a call that has just been placed. */
const FIRST_VERSION = 1;

const liveCall = (phone: Phone, callId: string): LiveCall | null =>
  isLive(phone.current) && phone.current.callId === callId ? phone.current : null;

export const onPlaced = (phone: Phone, event: Of<'placed'>): Step => {
  const call = liveCall(phone, event.callId);
  if (!call) return stale(phone);
  // The invite was repeated because its first acknowledgement was lost, and with it what has happened since.
  const behind = event.v > Math.max(FIRST_VERSION, call.v);
  return handled(
    { ...phone, current: { ...call, v: Math.max(call.v, event.v) } },
    ...(behind ? [{ kind: 'resume', callId: call.callId } as const] : []),
  );
};

export const onRefused = (phone: Phone, event: Of<'refused'>): Step => {
  const call = liveCall(phone, event.callId);
  if (call?.kind !== 'dialing') return stale(phone);
  return endRefused(phone, call, event);
};

/** The codes of a server that failed: it may have done what it was asked without answering so. */
const FAILURES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'unavailable',
  'storage-full',
  'overloaded',
  'server-error',
]);

/**
 * After a failure the server is told that the call has ended here: otherwise the other person's phone would ring,
 * or wait, for nobody.
 */
const endRefused = (phone: Phone, call: LiveCall, { code, at }: Of<'refused' | 'accept-refused'>): Step => {
  const end = FAILURES.has(code) ? endHere : endTold;
  return end(phone, call, reasonForCode(code), at);
};

/** Both dialled at once: drop the own call, answer theirs, with video only if this person asked for it. */
export const onGlare = (phone: Phone, event: Of<'glare'>): Step => {
  const call = liveCall(phone, event.callId);
  if (call?.kind !== 'dialing') return stale(phone);
  const { first, redialId, at } = event;
  if (phone.over.includes(first.callId)) {
    // This phone has ended that call, and the server does not know yet.
    return call.redialed ? endTold(phone, call, 'server-error', at) : redial(phone, call, redialId, at);
  }
  const ringing = phone.incoming.find((entry) => entry.callId === first.callId);
  const current: Connecting = {
    kind: 'connecting',
    callId: first.callId,
    peer: call.peer,
    media: call.media,
    v: ringing?.v ?? 0,
    side: 'callee',
    since: at,
    redialId: call.redialed ? null : redialId,
    handOver: null,
  };
  return handled(
    { ...phone, current, incoming: phone.incoming.filter((entry) => entry !== ringing) },
    { kind: 'release', callId: call.callId },
    { kind: 'prepare', callId: first.callId, offer: first.offer },
    { kind: 'answer', callId: first.callId, media: call.media },
  );
};

export const onIncoming = (phone: Phone, event: Of<'incoming'>): Step => {
  const { callId, v, from, media, offer, expiresIn, at } = event;
  const known =
    phone.incoming.some((call) => call.callId === callId) ||
    phone.current?.callId === callId ||
    phone.over.includes(callId);
  if (known || !hasRoomFor(phone, callId)) return stale(phone);
  const call = { callId, from, media, v, since: at, expiresAt: at + expiresIn + EXPIRY_MARGIN };
  return handled(
    { ...phone, incoming: inOrder([call, ...phone.incoming], phone.queue) },
    { kind: 'prepare', callId, offer },
    { kind: 'report-ringing', callId },
  );
};

export const onAccepted = (phone: Phone, event: Of<'accepted'>): Step => {
  const call = liveCall(phone, event.callId);
  if (call?.kind !== 'connecting') return stale(phone);
  return handled({ ...phone, current: { ...call, v: Math.max(call.v, event.v), redialId: null } });
};

/** Dials again, once, because the other person's call, which glare joined this one to, had already ended. */
const redial = (phone: Phone, call: Connecting | Dialing, callId: CallId, at: number): Step => {
  const { peer, media } = call;
  const current: Dialing = {
    kind: 'dialing',
    side: 'caller',
    callId,
    peer,
    media,
    v: 0,
    since: at,
    redialed: true,
  };
  return handled(
    { ...phone, current },
    { kind: 'release', callId: call.callId },
    { kind: 'place', callId, to: peer.userId, media },
  );
};

export const onAcceptRefused = (phone: Phone, event: Of<'accept-refused'>): Step => {
  const call = liveCall(phone, event.callId);
  if (call?.kind !== 'connecting') return stale(phone);
  const gone = event.code === 'call-ended' || event.code === 'unknown-call';
  if (gone && call.redialId !== null) return redial(phone, call, call.redialId, event.at);
  return endRefused(phone, call, event);
};

export const onUnknown = (phone: Phone, event: Of<'unknown'>): Step => {
  const call = liveCall(phone, event.callId);
  if (!call) {
    const ringing = phone.incoming.find((entry) => entry.callId === event.callId);
    if (!ringing) return stale(phone);
    return incomingEnded(phone, ringing, { v: ringing.v, reason: 'server-error' }, event.at);
  }
  if (call.kind === 'connecting' && call.redialId !== null)
    return redial(phone, call, call.redialId, event.at);
  const neverConnected = call.kind === 'dialing' || call.kind === 'ringing-out' || call.kind === 'connecting';
  return endTold(phone, call, neverConnected ? 'server-error' : 'connection-lost', event.at);
};

/** With a new connection the server says what rings, and is asked how the current call stands. */
export const onOnline = (phone: Phone, event: Of<'online'>): Step => {
  const { queue } = event;
  const over = phone.incoming.filter((call) => !queue.shown.includes(call.callId));
  const { current } = phone;
  // An invite that was never acknowledged repeats itself; the server may not know the call yet.
  const resumes = isLive(current) && (current.kind !== 'dialing' || current.v > 0);
  return handled(
    { ...phone, queue, incoming: inOrder(phone.incoming, queue) },
    // These calls have ended meanwhile, or wait: the server says which, and why.
    ...over.map((call) => ({ kind: 'resume', callId: call.callId }) as const),
    ...(resumes ? [{ kind: 'resume', callId: current.callId } as const] : []),
  );
};

/** What the server decided. A lower `v` than the known one is stale. */
export const onState = (phone: Phone, { state, at }: Of<'state'>): Step => {
  const ringing = phone.incoming.find((call) => call.callId === state.callId);
  if (ringing && state.state === 'ended') return incomingEnded(phone, ringing, state, at);
  if (ringing && state.state === 'ringing') return onStillRinging(phone, ringing);
  const { current } = phone;
  if (current?.kind === 'ended' && current.callId === state.callId)
    return settleReason(phone, current, state);
  const call = liveCall(phone, state.callId);
  if (!call || state.v < call.v) return stale(phone);
  return currentState(phone, { ...call, v: state.v }, state, at);
};

/**
 * A call that this phone ended may have ended for another reason a moment before: both phones show the record's
 * reason. A reason that the server has already told stays, because it may be for this phone alone.
 */
const settleReason = (phone: Phone, call: Ended, state: CallState): Step => {
  if (state.state !== 'ended' || state.v <= call.v) return stale(phone);
  return handled({ ...phone, current: { ...call, v: state.v, reason: state.reason } });
};

/** A call that stopped ringing without a click here; shown as ended unless something more important is in view. */
const incomingEnded = (
  phone: Phone,
  call: RingingIn,
  { v, reason }: Pick<Extract<CallState, { state: 'ended' }>, 'v' | 'reason'>,
  at: number,
): Step => {
  const { callId, from: peer, media } = call;
  const ended = {
    kind: 'ended',
    side: 'callee',
    callId,
    peer,
    media,
    v,
    reason,
    connectedAt: null,
    endedAt: at,
  } as const;
  return handled(
    {
      ...phone,
      current: isLive(phone.current) ? phone.current : ended,
      incoming: phone.incoming.filter((entry) => entry !== call),
    },
    { kind: 'release', callId },
  );
};

const currentState = (phone: Phone, call: LiveCall, state: CallState, at: number): Step => {
  const caller = call.kind === 'dialing' || call.kind === 'ringing-out';
  switch (state.state) {
    case 'ringing': {
      if (call.kind !== 'dialing' || !state.alerting) return handled({ ...phone, current: call });
      const { callId, peer, media, v, since } = call;
      return handled({
        ...phone,
        current: { kind: 'ringing-out', side: 'caller', callId, peer, media, v, since },
      });
    }
    case 'connecting':
    case 'active': {
      if (call.kind === 'active' || call.kind === 'reconnecting') {
        if (state.state === 'active') return settleNextLink(phone, call, state.lineId);
        // The server has not recorded that this call is up, and would end it as one that never connected.
        return handled({ ...phone, current: call }, { kind: 'confirm', callId: call.callId });
      }
      if (!caller) return handled({ ...phone, current: call });
      const { callId, peer, media, v } = call;
      const current: Connecting = {
        kind: 'connecting',
        callId,
        peer,
        media,
        v,
        side: 'caller',
        since: at,
        redialId: null,
        handOver: null,
      };
      const answer = state.state === 'connecting' ? state.answer : undefined;
      return handled(
        { ...phone, current },
        ...(answer === undefined ? [] : [{ kind: 'connect', callId, answer } as const]),
      );
    }
    case 'ended':
      // `hung-up`: the call was accepted before it ended, and the acknowledgement of that is still on its way.
      if (call.kind === 'connecting' && call.redialId !== null && state.reason !== 'hung-up') {
        return redial(phone, call, call.redialId, at);
      }
      return endTold(phone, call, state.reason, at);
  }
};
