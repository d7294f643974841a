import type { EndCause, IceServers, Media } from '../../../../protocol/calls/call.ts';
import type { CallId, LineId, UserId } from '../../../../protocol/ids.ts';

/** What a transition asks the phone's surroundings to do, in this order. */
export type Effect =
  /** Make the offer, send the invite (repeated until acknowledged) and open capture meanwhile. */
  | { readonly kind: 'place'; readonly callId: CallId; readonly to: UserId; readonly media: Media }
  /** Set the offer and make the answer: sends nothing, gathers nothing, captures nothing. Once for each call. */
  | { readonly kind: 'prepare'; readonly callId: CallId; readonly offer: string }
  /** Tell the server that this phone rings. */
  | { readonly kind: 'report-ringing'; readonly callId: CallId }
  /** Send the prepared answer, start ICE, open capture. */
  | { readonly kind: 'answer'; readonly callId: CallId; readonly media: Media }
  /** Give the caller's peer connection the answer. */
  | { readonly kind: 'connect'; readonly callId: CallId; readonly answer: string }
  /**
   * Make the offer of a new connection and ask the server to hand the call over to it; open what was on at the
   * other phone.
   */
  | { readonly kind: 'hand-over'; readonly callId: CallId; readonly lineId: LineId }
  /** Answer the offer of another phone beside the connection there is. */
  | {
      readonly kind: 'answer-next-link';
      readonly callId: CallId;
      readonly lineId: LineId;
      readonly offer: string;
      readonly iceServers: IceServers;
    }
  /** The second connection carries the call from now on; the first one is closed. */
  | { readonly kind: 'switch-link'; readonly callId: CallId }
  /** The second connection is closed; the first one goes on. */
  | { readonly kind: 'drop-next-link'; readonly callId: CallId }
  /** Tell the server that packets flow. */
  | { readonly kind: 'confirm'; readonly callId: CallId }
  /** Ask the server how the call stands, and send description and candidates again while connecting. */
  | { readonly kind: 'resume'; readonly callId: CallId }
  /** Look for a new path. `because`: a search that is under way is as good after silence, but not on another network. */
  | { readonly kind: 'restart-ice'; readonly callId: CallId; readonly because: 'silence' | 'network' }
  /** Tell the other side (directly, if a channel is open) and the server that the call has ended. */
  | {
      readonly kind: 'send-end';
      readonly callId: CallId;
      readonly cause?: EndCause;
      /** Milliseconds; missing: it never connected. */
      readonly lasted?: number;
    }
  /** Close the peer connection and stop all that was captured for it. Nothing of the call stays on. */
  | { readonly kind: 'release'; readonly callId: CallId };
