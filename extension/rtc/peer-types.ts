import type { EndCause } from '../../protocol/calls/call.ts';
import type { CallSample } from '../ipc/call-details.ts';
import type { RemoteMedia } from '../ipc/snapshot.ts';
import type { Signal } from '../../protocol/calls/signal.ts';

/** The sending slots of a call's fixed shape: one audio and two video transceivers. */
export type Slot = 'microphone' | 'camera' | 'screen';

/** What a peer reports to its owner. */
export interface PeerEvents {
  /** To be delivered to the other phone. */
  signal: Signal;
  /** ICE and DTLS are up (again). */
  connected: undefined;
  /** No packets for two seconds, or the browser says `disconnected`. */
  interrupted: undefined;
  /** ICE has failed; only a restart can bring it back. */
  failed: undefined;
  /** The relay's credentials are too old: told once for those there are. */
  relayLapsed: undefined;
  /** What the other side says it sends. */
  remoteMedia: Omit<RemoteMedia, 'reconnecting'>;
  /** How the connection did in the last two seconds; from when it is first up. */
  sample: CallSample;
  /** Whether the other side hears nothing of this one, and looks for a new path. */
  remoteReconnecting: boolean;
  /** The other side sent more than a call needs, and is not heard over the data channel any more; how many messages were dropped. */
  flooded: number;
  /** The other side ended the call, told over the data channel. `cause`: nobody hung up. */
  hangUp: { cause?: EndCause | undefined };
}
