import type { CallId, LineId } from '../../../../protocol/ids.ts';
import type { Signal } from '../../../../protocol/calls/signal.ts';
import type { Peer } from '../../../rtc/peer.ts';
import type { PathProblem } from '../../../rtc/relay-watch.ts';
import type { Happening } from '../machine/event.ts';

/** What the links of calls emit; they do not know their listeners. */
export interface LinkEvents {
  /** For the machine: what happened to the connection that carries a call. */
  happened: Extract<Happening, { kind: `peer-${string}` }>;
  /**
   * For the other phone. `lineId`: the connection that the signal belongs to; null: the call's first. Of no use
   * once `until` aborts.
   */
  signal: { callId: CallId; lineId: LineId | null; signal: Signal; until: AbortSignal };
  /** The relay's credentials have expired, or soon will. */
  relayLapsed: { callId: CallId; peer: Pick<Peer, 'renewIceServers'> };
  /** The other side sent more than a call needs; how many messages were dropped. */
  flooded: { dropped: number };
  /** A device went away by itself, so the list of devices may have changed. */
  deviceLost: undefined;
  /** There is a new sample of how the call's connection does. */
  sampled: { callId: CallId };
  /**
   * Nothing of the call is held any more. `problem`: why there was no path, if there was none; null: none was
   * looked for.
   */
  released: { callId: CallId; problem: PathProblem | null };
  /** What views show of a link may have changed; comes after `released` and `sampled`, too. */
  changed: undefined;
}
