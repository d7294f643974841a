import type { CallId } from '../../../../protocol/ids.ts';
import type { PhoneEvent } from './event.ts';
import { onDeadline } from './on-deadline.ts';
import { onNetworkChanged } from './reconnect.ts';
import { onMoving, onTaken, onHandOver } from './on-hand-over.ts';
import { onPeer } from './on-peer.ts';
import {
  onAccepted,
  onAcceptRefused,
  onGlare,
  onIncoming,
  onOnline,
  onPlaced,
  onRefused,
  onState,
  onUnknown,
} from './on-server.ts';
import { onAccept, onDecline, onDial, onDismiss, onHangUp } from './on-user.ts';
import { onQueue } from './on-queue.ts';
import { IDLE, isLive, type Phone } from './phone.ts';
import { handled, sendEnd, type Step } from './step.ts';

/**
 * The phone's whole behaviour: the next state and what to do about it.
 * Pure: no clock, no network, no browser. The diagram stands at {@link Phone}.
 */
export const transition = (phone: Phone, event: PhoneEvent): Step => {
  const step = react(phone, event);
  const left = held(phone).filter((callId) => !held(step.phone).includes(callId));
  if (left.length === 0 || onlyWait(event)) return step;
  return { ...step, phone: { ...step.phone, over: [...phone.over, ...left].slice(-REMEMBERED) } };
};

/** Whether calls that a phone lets go of ring on elsewhere: they may ring here once more. */
const onlyWait = (event: PhoneEvent): boolean =>
  event.kind === 'queue' || (event.kind === 'state' && event.state.state === 'ringing');

/** How many calls that are over a phone remembers. */
const REMEMBERED = 16;

const held = ({ current, incoming }: Phone): CallId[] => [
  ...(isLive(current) ? [current.callId] : []),
  ...incoming.map((call) => call.callId),
];

const react = (phone: Phone, event: PhoneEvent): Step => {
  switch (event.kind) {
    case 'dial':
      return onDial(phone, event);
    case 'accept':
      return onAccept(phone, event);
    case 'decline':
      return onDecline(phone, event);
    case 'hand-over':
      return onHandOver(phone, event);
    case 'taken':
      return onTaken(phone, event);
    case 'moving':
      return onMoving(phone, event);
    case 'hang-up':
      return onHangUp(phone, event);
    case 'dismiss':
      return onDismiss(phone, event);
    case 'placed':
      return onPlaced(phone, event);
    case 'refused':
      return onRefused(phone, event);
    case 'glare':
      return onGlare(phone, event);
    case 'incoming':
      return onIncoming(phone, event);
    case 'accepted':
      return onAccepted(phone, event);
    case 'accept-refused':
      return onAcceptRefused(phone, event);
    case 'state':
      return onState(phone, event);
    case 'unknown':
      return onUnknown(phone, event);
    case 'queue':
      return onQueue(phone, event);
    case 'online':
      return onOnline(phone, event);
    case 'peer-connected':
    case 'peer-interrupted':
    case 'peer-failed':
    case 'peer-hung-up':
    case 'setup-failed':
      return onPeer(phone, event);
    case 'network-changed':
      return onNetworkChanged(phone, event.at);
    case 'deadline':
      return onDeadline(phone, event.at);
    case 'stopped':
      return onStopped(phone, event.at);
  }
};

/** Nothing is left on, and nothing is left in view: the next person to sign in is told nothing. */
const onStopped = (phone: Phone, at: number): Step => {
  const { current } = phone;
  return handled(
    { ...IDLE, over: phone.over },
    ...(isLive(current) ? [sendEnd(current, at), { kind: 'release', callId: current.callId } as const] : []),
    ...phone.incoming.map((call) => ({ kind: 'release', callId: call.callId }) as const),
  );
};
