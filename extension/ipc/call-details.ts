/** How a call's connection does: shown to people only when something is wrong. */
export type Mark = 'good' | 'fair' | 'poor';

/** How an end of the path was found (W3C `RTCIceCandidateType`). */
export type CandidateKind = 'host' | 'srflx' | 'prflx' | 'relay';

/** The path that packets take, without addresses. */
export interface CallPath {
  local: CandidateKind | null;
  remote: CandidateKind | null;
  /** `udp` or `tcp`. */
  protocol: string | null;
  /** How this phone reaches its relay: `udp`, `tcp` or `tls`; null without one. */
  relayProtocol: string | null;
}

/** One direction of a picture, as coded. */
export interface PictureSample {
  codec: string | null;
  width: number;
  height: number;
  framesPerSecond: number;
}

/**
 * How a call did between two readings of its statistics. Rates are in bits per
 * second, times in milliseconds, shares from 0 to 1; null: not known.
 */
export interface CallSample {
  /** Epoch milliseconds. */
  at: number;
  path: CallPath | null;
  roundTrip: number | null;
  /** What the browser thinks that the path can carry outwards. */
  available: number | null;
  bitrateIn: number;
  bitrateOut: number;
  /** Packets that did not arrive: here, and, as far as it was reported, at the other side. */
  lossIn: number | null;
  lossOut: number | null;
  /** How unevenly sound arrives. */
  jitter: number | null;
  /** The share of the audio that was concealed here, because nothing had come (W3C webrtc-stats, `concealedSamples`). */
  concealed: number | null;
  soundIn: string | null;
  soundOut: string | null;
  pictureIn: PictureSample | null;
  pictureOut: PictureSample | null;
  /** How often the video froze (`freezeCount`). */
  freezes: number;
  /** What keeps the browser from coding a better picture: `none`, `cpu`, `bandwidth` or `other`. */
  limitation: string | null;
  /** Whether the own picture rests because the path cannot carry it. */
  resting: boolean;
}

/** What a view is told of a call's connection: the last two minutes, oldest first. */
export interface CallDetails {
  samples: readonly CallSample[];
}

/** Name of the port over which a view that shows details gets them, whole, at each sample. */
export const DETAILS_PORT = 'call-details';
