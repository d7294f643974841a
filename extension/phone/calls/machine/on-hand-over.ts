import type { LineId } from '../../../../protocol/ids.ts';
import { TIMES } from '../../../../protocol/limits.ts';
import type { PhoneEvent } from './event.ts';
import { isLive, type Active, type Phone, type Reconnecting } from './phone.ts';
import { handled, illegal, stale, type Step } from './step.ts';

type Of<K extends PhoneEvent['kind']> = Extract<PhoneEvent, { kind: K }>;

/**
 * How many milliseconds longer than the server a second connection waits, so that the server's decision comes
 * first.
 */
const MARGIN = 5_000;

/** Continues on this phone a call that is up on another phone of the person. */
export const onHandOver = (phone: Phone, event: Of<'hand-over'>): Step => {
  if (isLive(phone.current)) return illegal(phone);
  const { callId, lineId, peer, media, at } = event;
  // This phone may not know yet that another phone has accepted the call.
  const rings = phone.incoming.some((call) => call.callId === callId);
  return handled(
    {
      ...phone,
      incoming: phone.incoming.filter((call) => call.callId !== callId),
      current: {
        kind: 'connecting',
        side: 'caller',
        callId,
        peer,
        media,
        v: 0,
        since: at,
        redialId: null,
        handOver: { connectedAt: at },
      },
    },
    ...(rings ? [{ kind: 'release', callId } as const] : []),
    { kind: 'hand-over', callId, lineId },
  );
};

export const onTaken = (phone: Phone, { callId, v, connectedFor, at }: Of<'taken'>): Step => {
  const { current: call } = phone;
  if (call?.kind !== 'connecting' || call.callId !== callId || !call.handOver) return stale(phone);
  const handOver = { connectedAt: at - connectedFor };
  return handled({ ...phone, current: { ...call, v: Math.max(call.v, v), handOver } });
};

/** Both connections are kept until the server says which one carries the call. */
export const onMoving = (phone: Phone, event: Of<'moving'>): Step => {
  const { callId, v, lineId, offer, iceServers, at } = event;
  const { current: call } = phone;
  const isUp = call?.kind === 'active' || call?.kind === 'reconnecting';
  if (!isUp || call.callId !== callId || v < call.v || call.nextLink?.lineId === lineId) return stale(phone);
  const nextLink = { lineId, v, until: at + TIMES.moving + MARGIN };
  return handled(
    { ...phone, current: { ...call, v, nextLink } },
    ...(call.nextLink ? [{ kind: 'drop-next-link', callId } as const] : []),
    { kind: 'answer-next-link', callId, lineId, offer, iceServers },
  );
};

/** What became of the second connection: it carries the call now, or is not needed. */
export const settleNextLink = (
  phone: Phone,
  call: Active | Reconnecting,
  lineId: LineId | undefined,
): Step => {
  const { callId, peer, media, v, side, connectedAt, nextLink } = call;
  if (!nextLink || v <= nextLink.v) return handled({ ...phone, current: call });
  if (nextLink.lineId !== lineId) return dropNextLink(phone, call);
  return handled(
    {
      ...phone,
      current: { kind: 'active', callId, peer, media, v, side, connectedAt, nextLink: null },
    },
    { kind: 'switch-link', callId },
  );
};

export const dropNextLink = (phone: Phone, call: Active | Reconnecting): Step =>
  handled(
    { ...phone, current: { ...call, nextLink: null } },
    { kind: 'drop-next-link', callId: call.callId },
  );
