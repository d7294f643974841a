import type { CallPath, CandidateKind } from '../ipc/call-details.ts';

/** What comes in from one source. Counts run from when the connection was made. */
export interface Inbound {
  codec: string | null;
  packets: number;
  lost: number;
  /** Seconds. */
  jitter: number | null;
  samples: number;
  concealed: number;
  freezes: number;
  width: number;
  height: number;
  framesPerSecond: number;
}

/** What goes out from one source. */
export interface Outbound {
  codec: string | null;
  packets: number;
  width: number;
  height: number;
  framesPerSecond: number;
  limitation: string | null;
  /** What the other side last reported as lost, 0–1. */
  fractionLost: number | null;
}

/** What a connection's statistics say at one moment, as far as anything here needs it. */
export interface Reading {
  /** Epoch milliseconds. */
  at: number;
  /**
   * How many packets and answers to checks have arrived. Only whether it grows means something, because some count
   * twice.
   */
  arrived: number;
  bytesIn: number;
  bytesOut: number;
  path: CallPath | null;
  /** Seconds. */
  roundTrip: number | null;
  /** Bits per second. */
  available: number | null;
  soundIn: Inbound | null;
  soundOut: Outbound | null;
  /** Of the camera, not of a screen. */
  pictureIn: Inbound | null;
  pictureOut: Outbound | null;
}

type Stat = Readonly<Record<string, unknown>>;

// Not `requestsReceived`: the other side’s checks may come in although nothing gets back to it.
const ARRIVED = ['packetsReceived', 'responsesReceived'] as const;
const KINDS: readonly unknown[] = ['host', 'srflx', 'prflx', 'relay'] satisfies CandidateKind[];

/** `mid`s that the fixed shape of every call gives to sound and camera. */
const MIDS = { sound: '0', camera: '1' } as const;

const isStat = (value: unknown): value is Stat => typeof value === 'object' && value !== null;
const isKind = (value: unknown): value is CandidateKind => KINDS.includes(value);

const number = (stat: Stat | undefined, name: string): number | null => {
  const value = stat?.[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

const text = (stat: Stat | undefined, name: string): string => {
  const value = stat?.[name];
  return typeof value === 'string' ? value : '';
};

/** A short word of the standard's, such as `video/VP8`, `udp` or `bandwidth`: no address fits into it. */
const word = (stat: Stat | undefined, name: string): string | null =>
  /^[a-z\d/_+-]{1,32}$/i.exec(text(stat, name))?.[0] ?? null;

const count = (stat: Stat | undefined, name: string): number => number(stat, name) ?? 0;

const kindOf = (candidate: Stat | undefined): CandidateKind | null => {
  const kind = candidate?.['candidateType'];
  return isKind(kind) ? kind : null;
};

/** Reads one report of `RTCPeerConnection.getStats()` (W3C webrtc-stats); what is missing or odd is left out. */
export const read = (report: RTCStatsReport): Reading => {
  const stats = new Map<string, Stat>();
  report.forEach((stat: unknown, id: string) => {
    if (isStat(stat)) stats.set(id, stat);
  });
  const all = [...stats.values()];
  const referred = (stat: Stat | undefined, name: string): Stat | undefined => stats.get(text(stat, name));
  const find = (type: string, mid: string): Stat | undefined =>
    all.find((stat) => stat['type'] === type && stat['mid'] === mid);
  const codecOf = (stat: Stat): string | null => word(referred(stat, 'codecId'), 'mimeType');

  const inbound = (mid: string): Inbound | null => {
    const stat = find('inbound-rtp', mid);
    return stat
      ? {
          codec: codecOf(stat),
          packets: count(stat, 'packetsReceived'),
          lost: count(stat, 'packetsLost'),
          jitter: number(stat, 'jitter'),
          samples: count(stat, 'totalSamplesReceived'),
          concealed: count(stat, 'concealedSamples'),
          freezes: count(stat, 'freezeCount'),
          width: count(stat, 'frameWidth'),
          height: count(stat, 'frameHeight'),
          framesPerSecond: count(stat, 'framesPerSecond'),
        }
      : null;
  };

  const outbound = (mid: string): Outbound | null => {
    const stat = find('outbound-rtp', mid);
    return stat
      ? {
          codec: codecOf(stat),
          packets: count(stat, 'packetsSent'),
          width: count(stat, 'frameWidth'),
          height: count(stat, 'frameHeight'),
          framesPerSecond: count(stat, 'framesPerSecond'),
          limitation: word(stat, 'qualityLimitationReason'),
          fractionLost: number(referred(stat, 'remoteId'), 'fractionLost'),
        }
      : null;
  };

  const transport = all.find((stat) => stat['type'] === 'transport');
  const pair = referred(transport, 'selectedCandidatePairId');
  const local = referred(pair, 'localCandidateId');
  const arrivals = all.filter((stat) => stat['type'] === 'transport' || stat['type'] === 'candidate-pair');

  return {
    at: number(transport, 'timestamp') ?? 0,
    arrived: arrivals.flatMap((stat) => ARRIVED.map((name) => count(stat, name))).reduce((a, b) => a + b, 0),
    bytesIn: count(transport, 'bytesReceived'),
    bytesOut: count(transport, 'bytesSent'),
    path: pair
      ? {
          local: kindOf(local),
          remote: kindOf(referred(pair, 'remoteCandidateId')),
          protocol: word(local, 'protocol'),
          relayProtocol: word(local, 'relayProtocol'),
        }
      : null,
    roundTrip: number(pair, 'currentRoundTripTime'),
    available: number(pair, 'availableOutgoingBitrate'),
    soundIn: inbound(MIDS.sound),
    soundOut: outbound(MIDS.sound),
    pictureIn: inbound(MIDS.camera),
    pictureOut: outbound(MIDS.camera),
  };
};
