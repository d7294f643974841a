import type { PhoneWindow } from './phone-window.ts';

/** How evenly the media of a call have arrived at a phone since {@link watchFlow}. */
export interface Flow {
  /** The longest time without a packet of sound, in milliseconds. */
  audioGap: number;
  /** The longest time without a decoded picture, in milliseconds; null where no picture ever came. */
  videoGap: number | null;
  /** The share of the sound (0–1) that the browser concealed because nothing had arrived. */
  concealed: number;
}

// Left on the phone's window by the probe below.
declare global {
  interface Window {
    madeConnections?: RTCPeerConnection[];
    readFlow?: () => Flow;
  }
}

/** From here on, remembers every peer connection that the phone makes. Call it before the call to be watched. */
export const watchConnections = (phone: PhoneWindow): Promise<void> =>
  phone.evaluate(() => {
    const made: RTCPeerConnection[] = [];
    window.madeConnections = made;
    window.RTCPeerConnection = new Proxy(RTCPeerConnection, {
      construct(target, [configuration]: [RTCConfiguration?]) {
        const connection = new target(configuration);
        made.push(connection);
        return connection;
      },
    });
  });

/** From here on, measures the pauses in the incoming media, ten times a second. */
export const watchFlow = (phone: PhoneWindow): Promise<void> =>
  phone.evaluate(() => {
    const follow = () => ({ count: -1, at: performance.now(), gap: 0 });
    const audio = follow();
    const video = follow();
    const samples = { total: -1, concealed: 0, firstTotal: 0, firstConcealed: 0 };
    const note = (kind: typeof audio, count: number): void => {
      const now = performance.now();
      kind.gap = Math.max(kind.gap, kind.count < 0 ? 0 : now - kind.at);
      if (count > kind.count) Object.assign(kind, { count, at: now });
    };
    const look = async (): Promise<void> => {
      for (const connection of window.madeConnections ?? []) {
        if (connection.connectionState === 'closed') continue;
        (await connection.getStats()).forEach((it: Record<string, unknown>) => {
          if (it['type'] !== 'inbound-rtp') return;
          const count = (name: string): number => (typeof it[name] === 'number' ? it[name] : 0);
          if (it['kind'] === 'video' && count('framesDecoded') > 0) note(video, count('framesDecoded'));
          if (it['kind'] !== 'audio' || count('packetsReceived') === 0) return;
          note(audio, count('packetsReceived'));
          const total = count('totalSamplesReceived');
          const concealed = count('concealedSamples') - count('silentConcealedSamples');
          if (samples.total < 0) Object.assign(samples, { firstTotal: total, firstConcealed: concealed });
          Object.assign(samples, { total, concealed });
        });
      }
    };
    const timer = setInterval(() => void look(), 100);
    window.readFlow = () => {
      clearInterval(timer);
      const total = samples.total - samples.firstTotal;
      return {
        audioGap: Math.round(audio.gap),
        videoGap: video.count < 0 ? null : Math.round(video.gap),
        concealed: total > 0 ? (samples.concealed - samples.firstConcealed) / total : 1,
      };
    };
  });

/** Ends the measurement and returns its result. */
export const readFlow = (phone: PhoneWindow): Promise<Flow> =>
  phone.evaluate(() => {
    if (!window.readFlow) throw new Error('Nobody has begun to measure.');
    return window.readFlow();
  });
