import type { CallQueue, Media } from '../../../../protocol/calls/call.ts';
import type { CallId, LineId } from '../../../../protocol/ids.ts';
import type { Person } from '../../../../protocol/presence/presence.ts';
import type { ShownReason } from '../../../ipc/shown-reason.ts';

/** What every state of the current call knows. */
interface CallBase {
  readonly callId: CallId;
  readonly peer: Person;
  /** What this person asked for: decides whether the camera opens. */
  readonly media: Media;
  /** The highest version of the server's record this phone has seen; 0 before the first. */
  readonly v: number;
  /**
   * Who placed the call; after glare: whose call it was joined to; after a hand-over to this phone: `caller`,
   * because it makes the offer.
   */
  readonly side: 'caller' | 'callee';
}

/** The invite is on its way, or placed and not yet ringing anywhere. Caller only. */
export interface Dialing extends CallBase {
  readonly kind: 'dialing';
  readonly since: number;
  /** This is the second try after glare with a call that ended meanwhile; there is no third. */
  readonly redialed: boolean;
}

/** At least one phone of the other person rings. Caller only. */
export interface RingingOut extends CallBase {
  readonly kind: 'ringing-out';
  readonly since: number;
}

/** Accepted; the two phones look for a path. */
export interface Connecting extends CallBase {
  readonly kind: 'connecting';
  readonly since: number;
  /**
   * Set when this phone answers because both dialled at once: the id to dial
   * again with if the other person's call turns out to have ended.
   */
  readonly redialId: CallId | null;
  /** Set when this phone takes over a call that has been up elsewhere since then. */
  readonly handOver: { readonly connectedAt: number } | null;
}

/** A second connection, to another phone of the other person that takes the call over. */
export interface NextLink {
  readonly lineId: LineId;
  /** The version of the record that announced it: a later one says what became of it. */
  readonly v: number;
  /** When it is dropped, should the server's decision not reach this phone; milliseconds of the steady clock. */
  readonly until: number;
}

/** Sound flows. */
export interface Active extends CallBase {
  readonly kind: 'active';
  readonly connectedAt: number;
  readonly nextLink: NextLink | null;
}

/** Sound flowed and has stopped; a new path is looked for until {@link TIMES.noPackets} has passed. */
export interface Reconnecting extends CallBase {
  readonly kind: 'reconnecting';
  readonly connectedAt: number;
  readonly nextLink: NextLink | null;
  readonly since: number;
  /** When a path is looked for again, and the pause before that in milliseconds: longer each time. */
  readonly retry: { readonly at: number; readonly pause: number };
}

/** Over. Kept for a while so that a view can say why. */
export interface Ended extends CallBase {
  readonly kind: 'ended';
  readonly reason: ShownReason;
  readonly connectedAt: number | null;
  readonly endedAt: number;
}

/** A call that has not ended. */
export type LiveCall = Dialing | RingingOut | Connecting | Active | Reconnecting;

/** The one call this phone is in, places, or has just ended. */
export type CurrentCall = LiveCall | Ended;

/** A call that rings here (`ringing-in`). */
export interface RingingIn {
  readonly callId: CallId;
  readonly from: Person;
  readonly media: Media;
  readonly v: number;
  readonly since: number;
  /** When this phone stops ringing by itself, should the server's decision not reach it. */
  readonly expiresAt: number;
}

/**
 * The phone: at most one current call, and the calls that ring. Times are
 * milliseconds of a steady clock, given by the events; nothing here reads one.
 *
 * ```
 *              dial                 state: ringing
 *   (none) ───────────▶ dialing ───────────────────▶ ringing-out
 *     ▲                  │    │                          │
 *     │           glare  │    └──── state: connecting ───┤
 *     │  (answer theirs) │                               │
 *     │                  ▼                               ▼
 *     │             connecting ◀───────────────── connecting
 *     │               ▲   │ peer-connected               (one state, two ways in)
 *     │        accept │   ▼
 *     │   ringing-in ─┘  active ⇄ reconnecting           peer-interrupted / peer-connected
 *     │                   │            │
 *     │ dismiss, time     ▼            ▼
 *     └────────────────── ended ◀──────┘                 and from every live state: hang-up,
 *                                                        state: ended, deadline, refusal
 * ```
 *
 * `hand-over` leads to `connecting`, too: a call that is up on another phone of the
 * person goes on here. At the other side it stays `active` and has a `nextLink`
 * meanwhile.
 *
 * For the caller `dialing` and `ringing-out` mean that microphone and camera
 * are open already; for the callee nothing is open before `connecting`.
 */
export interface Phone {
  readonly current: CurrentCall | null;
  /** The foremost first, in the order of the server's queue. */
  readonly incoming: readonly RingingIn[];
  /** The server's queue, as last told. */
  readonly queue: CallQueue;
  /** The last calls that are over here: an invite that arrives late does not ring again. */
  readonly over: readonly CallId[];
}

/** A phone at rest. */
export const IDLE: Phone = {
  current: null,
  incoming: [],
  queue: { v: 0, shown: [], waiting: 0 },
  over: [],
};

/** Whether a call is up or being set up, so that no other can be. */
export const isLive = (call: CurrentCall | null): call is LiveCall => call !== null && call.kind !== 'ended';

/** Whether the current call was accepted and has not ended. */
export const isTalking = ({ current }: Pick<Phone, 'current'>): boolean => {
  switch (current?.kind) {
    case 'connecting':
    case 'active':
    case 'reconnecting':
      return true;
    case 'dialing':
    case 'ringing-out':
    case 'ended':
    case undefined:
      return false;
  }
};
