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
  /** Nothing has come from the other side for two seconds. */
  interrupted: undefined;
  /** ICE has failed; only a restart can bring it back. */
  failed: undefined;
  /** The relay's credentials have expired, or are about to; emitted once for each set of them. */
  relayLapsed: undefined;
  /** What the other side says it sends. */
  remoteMedia: Omit<RemoteMedia, 'reconnecting'>;
  /** How the connection did in the last two seconds; emitted from when it is first up. */
  sample: CallSample;
  /** Whether the other side receives nothing from this one and is reconnecting. */
  remoteReconnecting: boolean;
  /** The other side sent more than a call needs, and the data channel is closed; how many messages were dropped. */
  flooded: number;
  /** The other side ended the call, told over the data channel. `cause`: why, although nobody hung up. */
  hangUp: { cause?: EndCause | undefined };
}
