import type { CallQueue, CallState, EndCause, IceServers, Media } from '../../../../protocol/calls/call.ts';
import type { ErrorCode } from '../../../../protocol/errors.ts';
import type { CallId, LineId } from '../../../../protocol/ids.ts';
import type { Person } from '../../../../protocol/presence/presence.ts';

/** Everything that can happen to a phone. `at` is in milliseconds of {@link steadyNow}, as all times of a phone. */
export type PhoneEvent = { readonly at: number } & (
  | UserEvent
  | ServerEvent
  | PeerEvent
  /** The browser has another network than before, or one again. */
  | { readonly kind: 'network-changed' }
  /** The time that {@link nextDeadline} gave has come. */
  | { readonly kind: 'deadline' }
  /** Signed out, or this phone was superseded: everything stops. */
  | { readonly kind: 'stopped' }
);

type WithoutTime<Event> = Event extends PhoneEvent ? Omit<Event, 'at'> : never;

/** An event as it is dispatched: whoever keeps the phone's state adds the time. */
export type Happening = WithoutTime<PhoneEvent>;

/** A click or a key. */
type UserEvent =
  | { readonly kind: 'dial'; readonly callId: CallId; readonly peer: Person; readonly media: Media }
  | { readonly kind: 'accept'; readonly callId: CallId; readonly media: Media }
  | { readonly kind: 'decline'; readonly callId: CallId }
  /** Continue here a call that runs on another phone of the person. */
  | {
      readonly kind: 'hand-over';
      readonly callId: CallId;
      readonly lineId: LineId;
      readonly peer: Person;
      readonly media: Media;
    }
  | { readonly kind: 'hang-up' }
  | { readonly kind: 'dismiss'; readonly callId: CallId };

/** The server's answers and events. */
type ServerEvent =
  | { readonly kind: 'placed'; readonly callId: CallId; readonly v: number }
  | { readonly kind: 'refused'; readonly callId: CallId; readonly code: ErrorCode }
  | {
      readonly kind: 'glare';
      readonly callId: CallId;
      readonly first: { readonly callId: CallId; readonly offer: string };
      /** A fresh id, should the first call turn out to have ended. */
      readonly redialId: CallId;
    }
  | {
      readonly kind: 'incoming';
      readonly callId: CallId;
      readonly v: number;
      readonly from: Person;
      readonly media: Media;
      readonly offer: string;
      readonly expiresIn: number;
    }
  | { readonly kind: 'accepted'; readonly callId: CallId; readonly v: number }
  | { readonly kind: 'accept-refused'; readonly callId: CallId; readonly code: ErrorCode }
  /**
   * The other side has been told that this phone takes the call over. The call has been up for `connectedFor`
   * milliseconds.
   */
  | {
      readonly kind: 'taken';
      readonly callId: CallId;
      readonly v: number;
      readonly connectedFor: number;
    }
  /** Another phone of the other person takes the call over. */
  | {
      readonly kind: 'moving';
      readonly callId: CallId;
      readonly v: number;
      readonly lineId: LineId;
      readonly offer: string;
      readonly iceServers: IceServers;
    }
  | { readonly kind: 'state'; readonly state: CallState }
  /** The server does not know the call this phone asked to resume. */
  | { readonly kind: 'unknown'; readonly callId: CallId }
  /** More than one call rings for this person, or did: the order in which they are shown. */
  | { readonly kind: 'queue'; readonly queue: CallQueue }
  /** The connection to the server is up (again). `queue`: the calls that ring for this person. */
  | { readonly kind: 'online'; readonly queue: CallQueue };

/** What the peer connection of a call reports. */
type PeerEvent =
  | { readonly kind: 'peer-connected'; readonly callId: CallId }
  | { readonly kind: 'peer-interrupted'; readonly callId: CallId }
  | { readonly kind: 'peer-failed'; readonly callId: CallId }
  /** The other side ended the call. `cause`: why, although nobody hung up. */
  | { readonly kind: 'peer-hung-up'; readonly callId: CallId; readonly cause?: EndCause | undefined }
  /** The offer or the answer could not be made or applied. */
  | { readonly kind: 'setup-failed'; readonly callId: CallId; readonly cause: EndCause };
