import { TIMES } from '../../../../protocol/limits.ts';
import { deadlineOf } from './next-deadline.ts';
import { dropNextLink } from './on-hand-over.ts';
import type { Phone } from './phone.ts';
import { searchAgain } from './reconnect.ts';
import { endHere, handled, type Step } from './step.ts';

/** Applies what has fallen due. Safe to call early or twice. */
export const onDeadline = (phone: Phone, at: number): Step => {
  const expired = phone.incoming.filter((call) => call.expiresAt <= at);
  const rest = { ...phone, incoming: phone.incoming.filter((call) => call.expiresAt > at) };
  const released = expired.map((call) => ({ kind: 'release', callId: call.callId }) as const);
  const step = currentDeadline(rest, at);
  return { ...step, effects: [...released, ...step.effects] };
};

const currentDeadline = (phone: Phone, at: number): Step => {
  const { current: call } = phone;
  const due = call && deadlineOf(call);
  if (call === null || due === null || due > at) return handled(phone);
  switch (call.kind) {
    case 'dialing':
    case 'ringing-out':
      return endHere(phone, call, 'no-answer', at);
    case 'connecting':
      return endHere(phone, call, 'media-failed', at, 'media-failed');
    case 'active':
      return dropNextLink(phone, call);
    case 'reconnecting':
      if (call.nextLink && call.nextLink.until <= at) return dropNextLink(phone, call);
      if (call.since + TIMES.noPackets <= at)
        return endHere(phone, call, 'connection-lost', at, 'connection-lost');
      return searchAgain(phone, call, at);
    case 'ended':
      return handled({ ...phone, current: null });
  }
};
