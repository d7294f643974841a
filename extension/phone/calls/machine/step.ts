import type { EndCause } from '../../../../protocol/calls/call.ts';
import type { ShownReason } from '../../../ipc/shown-reason.ts';
import type { Effect } from './effect.ts';
import type { CurrentCall, Ended, LiveCall, Phone } from './phone.ts';

/**
 * The result of an event. `stale`: it came too late for the call it names,
 * which the network makes normal. `illegal`: it cannot happen in this state; a
 * test fails on it, a phone in use logs and ignores it.
 */
export interface Step {
  readonly phone: Phone;
  readonly effects: readonly Effect[];
  readonly outcome: 'handled' | 'stale' | 'illegal';
}

export const handled = (phone: Phone, ...effects: Effect[]): Step => ({ phone, effects, outcome: 'handled' });
export const stale = (phone: Phone): Step => ({ phone, effects: [], outcome: 'stale' });
export const illegal = (phone: Phone): Step => ({ phone, effects: [], outcome: 'illegal' });

/** When the call's sound began, if it has. */
const connectedAtOf = (call: CurrentCall): number | null =>
  call.kind === 'active' || call.kind === 'reconnecting' || call.kind === 'ended' ? call.connectedAt : null;

const ended = (call: LiveCall, reason: ShownReason, at: number): Ended => ({
  kind: 'ended',
  side: call.side,
  callId: call.callId,
  peer: call.peer,
  media: call.media,
  v: call.v,
  reason,
  connectedAt: connectedAtOf(call),
  endedAt: at,
});

/** Ends the current call because of what the server said: everything is released here. */
export const endTold = (phone: Phone, call: LiveCall, reason: ShownReason, at: number): Step =>
  handled({ ...phone, current: ended(call, reason, at) }, { kind: 'release', callId: call.callId });

/** Tells the other side and the server that this side ends a call, and how long it lasted. */
export const sendEnd = (call: LiveCall, at: number, cause?: EndCause): Effect => {
  const connectedAt = connectedAtOf(call);
  return {
    kind: 'send-end',
    callId: call.callId,
    ...(cause && { cause }),
    // The contract takes no negative time.
    ...(connectedAt !== null && { lasted: Math.max(0, at - connectedAt) }),
  };
};

/** Ends the current call from this side: the same, and the other side and the server are told. */
export const endHere = (
  phone: Phone,
  call: LiveCall,
  reason: ShownReason,
  at: number,
  cause?: EndCause,
): Step =>
  handled({ ...phone, current: ended(call, reason, at) }, sendEnd(call, at, cause), {
    kind: 'release',
    callId: call.callId,
  });
