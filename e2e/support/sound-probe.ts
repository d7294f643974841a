import type { PhoneWindow } from './phone-window.ts';
import { until } from './until.ts';

// Left on the phone's window by the probe below.
declare global {
  interface Window {
    /** When packets of sound arrived, to within the probe's step; epoch milliseconds. */
    soundArrived?: number[];
  }
}

/** Milliseconds between two reads of the counters. */
const STEP = 20;

/** From here on, remembers when packets of the other side's sound arrive. Call it before the call is placed. */
export const watchSound = (phone: PhoneWindow): Promise<void> =>
  phone.evaluate((step) => {
    const connections = new Set<RTCPeerConnection>();
    const arrived: number[] = [];
    window.soundArrived = arrived;
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        connections.add(this);
      }
    };
    const counts = new Map<RTCPeerConnection, number>();
    const look = async (): Promise<void> => {
      for (const connection of connections) {
        if (connection.signalingState === 'closed') {
          connections.delete(connection);
          counts.delete(connection);
          continue;
        }
        const receiver = connection.getReceivers().find(({ track }) => track.kind === 'audio');
        if (!receiver) continue;
        (await receiver.getStats()).forEach((report: { type: string; packetsReceived?: number }) => {
          if (report.type !== 'inbound-rtp' || report.packetsReceived === undefined) return;
          if (report.packetsReceived > (counts.get(connection) ?? 0)) arrived.push(Date.now());
          counts.set(connection, report.packetsReceived);
        });
      }
      setTimeout(() => void look(), step);
    };
    void look();
  }, STEP);

/** When sound has arrived since `since`; epoch milliseconds. */
const soundSince = (phone: PhoneWindow, since: number): Promise<number[]> =>
  phone.evaluate((from) => (window.soundArrived ?? []).filter((at) => at >= from), since);

/** Waits for sound that arrives after `since`, and resolves to how many milliseconds later it came. */
export const soundBack = async (phone: PhoneWindow, since: number): Promise<number> => {
  const at = await until(async () => (await soundSince(phone, since))[0], { what: 'sound', timeout: 30_000 });
  return at - since;
};

/** The longest time without sound between `since` and now, in milliseconds. */
export const longestGap = async (phone: PhoneWindow, since: number): Promise<number> => {
  const times = [since, ...(await soundSince(phone, since)), Date.now()];
  return Math.max(...times.slice(1).map((at, i) => at - (times[i] ?? at)));
};
