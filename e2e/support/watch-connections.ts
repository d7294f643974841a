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

/**
 * What the phone has negotiated to send in its call: the text changes when media are renegotiated. Network paths are
 * left out, because on a busy machine the phone may restart ICE.
 */
export const negotiated = async (phone: PhoneWindow): Promise<string> => {
  const sdp = await phone.evaluate(
    () =>
      window.callConnections?.findLast((it) => it.connectionState === 'connected')?.localDescription?.sdp ??
      '',
  );
  return sdp
    .split('\r\n')
    .filter((line) => !/^(?:o=|c=|a=candidate:|a=ice-|a=rtcp:|a=end-of-candidates)/.test(line))
    .map((line) => line.replace(/^(m=\w+) \d+/, '$1'))
    .join('\n');
};

/** Milliseconds of sound that the phone has concealed in its call, without silence. */
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
