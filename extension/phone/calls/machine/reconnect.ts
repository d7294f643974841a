import { isLive, type Active, type Phone, type Reconnecting } from './phone.ts';
import { handled, stale, type Step } from './step.ts';

/**
 * Milliseconds until ICE is restarted again, and the longest such wait: a restart's offer may be lost while there is
 * no path, and the other side's network may have changed. Each restart ends the one before.
 */
const PAUSE = { first: 2_000, longest: 8_000 } as const;

const retry = (at: number, pause: number): Reconnecting['retry'] => ({ at: at + pause, pause });

/** Sound has stopped: a new path is looked for. */
export const reconnect = (phone: Phone, call: Active, at: number): Step =>
  handled(
    { ...phone, current: { ...call, kind: 'reconnecting', since: at, retry: retry(at, PAUSE.first) } },
    { kind: 'restart-ice', callId: call.callId, because: 'silence' },
  );

/** No path was found so far: looks once more, and waits longer the next time. */
export const searchAgain = (phone: Phone, call: Reconnecting, at: number): Step => {
  const pause = Math.min(call.retry.pause * 2, PAUSE.longest);
  return handled(
    { ...phone, current: { ...call, retry: retry(at, pause) } },
    { kind: 'restart-ice', callId: call.callId, because: 'silence' },
  );
};

/**
 * The path may be gone, or there is a network again: restarts ICE at once, without waiting for silence. A call that
 * is not connected yet does so right after Accept.
 */
export const onNetworkChanged = (phone: Phone, at: number): Step => {
  const { current: call } = phone;
  if (!isLive(call)) return stale(phone);
  const current = call.kind === 'reconnecting' ? { ...call, retry: retry(at, PAUSE.first) } : call;
  return handled({ ...phone, current }, { kind: 'restart-ice', callId: call.callId, because: 'network' });
};
