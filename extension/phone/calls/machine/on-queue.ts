import type { CallQueue } from '../../../../protocol/calls/call.ts';
import { LIMITS } from '../../../../protocol/limits.ts';
import type { PhoneEvent } from './event.ts';
import type { Phone, RingingIn } from './phone.ts';
import { handled, stale, type Step } from './step.ts';

type Of<K extends PhoneEvent['kind']> = Extract<PhoneEvent, { kind: K }>;

/** Sorts calls in the order of the server's queue; a call that is not in the queue yet comes first. */
export const inOrder = (calls: readonly RingingIn[], { shown }: CallQueue): readonly RingingIn[] =>
  calls.toSorted((a, b) => shown.indexOf(a.callId) - shown.indexOf(b.callId));

/**
 * Whether the phone may hold one more ringing call. The server makes room before it sends the next one; an invite
 * that arrives late must not take that room.
 */
export const hasRoomFor = ({ incoming, queue }: Phone, callId: string): boolean =>
  queue.shown.includes(callId) || incoming.length < LIMITS.simultaneousRings;

/** Drops calls that go on ringing only for their callers; the server sends them again when there is room. */
const releaseWaiting = (phone: Phone, calls: readonly RingingIn[]): Step =>
  handled(
    { ...phone, incoming: phone.incoming.filter((call) => !calls.includes(call)) },
    ...calls.map(({ callId }) => ({ kind: 'release', callId }) as const),
  );

/** The order in which calls are shown has changed. */
export const onQueue = (phone: Phone, { queue }: Of<'queue'>): Step => {
  if (queue.v < phone.queue.v) return stale(phone);
  const incoming = inOrder(phone.incoming, queue);
  return releaseWaiting(
    { ...phone, queue, incoming },
    incoming.filter(({ callId }) => !queue.shown.includes(callId)),
  );
};

/** A call that this phone has shown still rings: for the caller alone, if it is not among those to show. */
export const onStillRinging = (phone: Phone, call: RingingIn): Step =>
  phone.queue.shown.includes(call.callId) ? stale(phone) : releaseWaiting(phone, [call]);
