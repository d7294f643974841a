/** The quality of a call's connection, shown to people only if there is a problem. */
export type Mark = 'good' | 'fair' | 'poor';

/** The candidate type of one end of the path (W3C `RTCIceCandidateType`). */
export type CandidateKind = 'host' | 'srflx' | 'prflx' | 'relay';

/** The path of the packets, without addresses. */
export interface CallPath {
  local: CandidateKind | null;
  remote: CandidateKind | null;
  /** `udp` or `tcp`. */
  protocol: string | null;
  /** How this phone reaches its relay: `udp`, `tcp` or `tls`; null without one. */
  relayProtocol: string | null;
}

/** The encoded video of one direction. */
export interface PictureSample {
  codec: string | null;
  width: number;
  height: number;
  framesPerSecond: number;
}

/**
 * The figures of a call between two readings of its statistics. Rates are in bits per second, times in
 * milliseconds, shares from 0 to 1; null: unknown.
 */
export interface CallSample {
  /** Epoch milliseconds. */
  at: number;
  path: CallPath | null;
  roundTrip: number | null;
  /** The browser's estimate of the outgoing bandwidth. */
  available: number | null;
  bitrateIn: number;
  bitrateOut: number;
  /** The share of packets lost in each direction; the outgoing one as reported by the other side. */
  lossIn: number | null;
  lossOut: number | null;
  /** The jitter of the incoming sound. */
  jitter: number | null;
  /** The share of the incoming audio that was concealed (W3C webrtc-stats, `concealedSamples`). */
  concealed: number | null;
  soundIn: string | null;
  soundOut: string | null;
  pictureIn: PictureSample | null;
  pictureOut: PictureSample | null;
  /** How often the video froze (`freezeCount`). */
  freezes: number;
  /** What limits the encoder's quality: `none`, `cpu`, `bandwidth` or `other`. */
  limitation: string | null;
  /** Whether the outgoing picture is paused because the path cannot carry it. */
  resting: boolean;
}

/** The details that a view gets of a call's connection: the last two minutes, oldest first. */
export interface CallDetails {
  samples: readonly CallSample[];
}

/** Name of the port over which a view that shows details gets all of them at each sample. */
export const DETAILS_PORT = 'call-details';
