import type { PhoneWindow } from './phone-window.ts';

// Left on the phone's window by the probe below.
declare global {
  interface Window {
    callConnections?: RTCPeerConnection[];
  }
}

/** From here on, remembers the connections that the phone makes. */
export const watchConnections = (phone: PhoneWindow): Promise<void> =>
  phone.evaluate(() => {
    if (window.callConnections) return;
    const made: RTCPeerConnection[] = [];
    window.callConnections = made;
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        made.push(this);
      }
    };
  });

/** The description of what the phone sends in its call: another one after a new negotiation. */
export const negotiated = (phone: PhoneWindow): Promise<string> =>
  phone.evaluate(
    () =>
      window.callConnections?.findLast((it) => it.connectionState === 'connected')?.localDescription?.sdp ??
      '',
  );

/** Milliseconds of sound that the phone has had to make up in its call, silence not counted. */
export const concealed = (phone: PhoneWindow): Promise<number> =>
  phone.evaluate(async () => {
    const connection = window.callConnections?.findLast((it) => it.connectionState === 'connected');
    let samples = 0;
    (await connection?.getStats())?.forEach(
      (report: { type: string; concealedSamples?: number; silentConcealedSamples?: number }) => {
        if (report.type === 'inbound-rtp')
          samples += (report.concealedSamples ?? 0) - (report.silentConcealedSamples ?? 0);
      },
    );
    return samples / 48;
  });
