import type { PhoneEvent } from './event.ts';
import { isLive, type Phone } from './phone.ts';
import { endHere, handled, illegal, stale, type Step } from './step.ts';

type Of<K extends PhoneEvent['kind']> = Extract<PhoneEvent, { kind: K }>;

/** Dialling somebody who rings here right now is answering them. */
export const onDial = (phone: Phone, event: Of<'dial'>): Step => {
  if (isLive(phone.current)) return illegal(phone);
  const theirs = phone.incoming.find((call) => call.from.userId === event.peer.userId);
  if (theirs) {
    return onAccept(phone, { kind: 'accept', at: event.at, callId: theirs.callId, media: event.media });
  }
  const { callId, peer, media, at } = event;
  return handled(
    {
      ...phone,
      current: { kind: 'dialing', side: 'caller', callId, peer, media, v: 0, since: at, redialed: false },
    },
    { kind: 'place', callId, to: peer.userId, media },
  );
};

/** Accepting a call while the person's own call still rings elsewhere cancels that one. */
export const onAccept = (phone: Phone, event: Of<'accept'>): Step => {
  const call = phone.incoming.find((entry) => entry.callId === event.callId);
  if (!call) return stale(phone);
  const { current } = phone;
  if (isLive(current) && current.kind !== 'dialing' && current.kind !== 'ringing-out') return illegal(phone);
  const before = isLive(current) ? endHere(phone, current, 'cancelled', event.at).effects : [];
  return handled(
    {
      ...phone,
      current: {
        kind: 'connecting',
        callId: call.callId,
        peer: call.from,
        media: event.media,
        v: call.v,
        side: 'callee',
        since: event.at,
        redialId: null,
        handOver: null,
      },
      incoming: phone.incoming.filter((entry) => entry !== call),
    },
    ...before,
    { kind: 'answer', callId: call.callId, media: event.media },
  );
};

export const onDecline = (phone: Phone, event: Of<'decline'>): Step => {
  const call = phone.incoming.find((entry) => entry.callId === event.callId);
  if (!call) return stale(phone);
  return handled(
    { ...phone, incoming: phone.incoming.filter((entry) => entry !== call) },
    { kind: 'send-end', callId: call.callId },
    { kind: 'release', callId: call.callId },
  );
};

export const onHangUp = (phone: Phone, event: Of<'hang-up'>): Step => {
  const { current } = phone;
  if (!isLive(current)) return stale(phone);
  // A hand-over that is given up leaves the call where it is.
  const gaveUp =
    current.kind === 'dialing' ||
    current.kind === 'ringing-out' ||
    (current.kind === 'connecting' && current.handOver !== null);
  return endHere(phone, current, gaveUp ? 'cancelled' : 'hung-up', event.at);
};

export const onDismiss = (phone: Phone, event: Of<'dismiss'>): Step => {
  const { current } = phone;
  if (current?.kind !== 'ended' || current.callId !== event.callId) return stale(phone);
  return handled({ ...phone, current: null });
};
