import { TIMES } from '../../../../protocol/limits.ts';
import type { CurrentCall, Phone } from './phone.ts';

/** How long an ended call stays in view, in milliseconds. */
const ENDED_IN_VIEW = 15_000;
/** The same for a call that was lost: calling again needs a network, which may still be away. */
const LOST_IN_VIEW = 120_000;

/** When time alone changes `call`, in milliseconds of the steady clock; null: never. */
export const deadlineOf = (call: CurrentCall): number | null => {
  switch (call.kind) {
    case 'dialing':
    case 'ringing-out':
      // The server ends ringing; this deadline is for when it cannot be reached any more.
      return call.since + TIMES.ringingMax;
    case 'connecting':
      return call.since + (call.handOver ? TIMES.moving : TIMES.connecting);
    case 'active':
      return call.nextLink?.until ?? null;
    case 'reconnecting':
      return Math.min(call.since + TIMES.noPackets, call.retry.at, call.nextLink?.until ?? Infinity);
    case 'ended':
      return call.endedAt + (call.reason === 'connection-lost' ? LOST_IN_VIEW : ENDED_IN_VIEW);
  }
};

/** When the phone next needs a `deadline` event, in milliseconds of the steady clock; null: not until something else happens. */
export const nextDeadline = (phone: Phone): number | null => {
  const times = phone.incoming.map((call) => call.expiresAt);
  const current = phone.current && deadlineOf(phone.current);
  if (current !== null) times.push(current);
  return times.length === 0 ? null : Math.min(...times);
};
