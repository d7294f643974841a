import wrtc from '@roamhq/wrtc';
import type { PhoneDeps } from '../../extension/phone/create-phone.ts';

/** WebRTC in this process. Disposing of it takes its globals back and closes what is still open. */
export interface NodeWebRtc extends Disposable {
  /** The parts that give a headless phone real connections. */
  readonly parts: Pick<PhoneDeps, 'createConnection' | 'openCapture'>;
  /** The connections that are still open, and the tracks that are not stopped. */
  held(): { connections: number; tracks: number };
}

/** What `extension/rtc` finds in a browser's global scope. */
const GLOBALS = { MediaStream: wrtc.MediaStream, RTCRtpReceiver: wrtc.RTCRtpReceiver };

/** Real connections between phones of this process; microphones are silent, and cameras send no picture. */
export const provideWebRtc = (): NodeWebRtc => {
  const connections: RTCPeerConnection[] = [];
  const tracks: MediaStreamTrack[] = [];
  const before = Object.keys(GLOBALS).map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  Object.assign(globalThis, GLOBALS);
  return {
    parts: {
      createConnection(configuration) {
        const connection = new wrtc.RTCPeerConnection(configuration);
        connections.push(connection);
        return connection;
      },
      openCapture(source, signal) {
        const { RTCAudioSource, RTCVideoSource } = wrtc.nonstandard;
        const from = source === 'microphone' ? new RTCAudioSource() : new RTCVideoSource();
        signal?.throwIfAborted();
        const track = from.createTrack();
        tracks.push(track);
        return Promise.resolve(track);
      },
    },
    held: () => ({
      connections: connections.filter(({ connectionState }) => connectionState !== 'closed').length,
      tracks: tracks.filter(({ readyState }) => readyState === 'live').length,
    }),
    [Symbol.dispose]() {
      for (const connection of connections) connection.close();
      for (const track of tracks) track.stop();
      for (const [name, descriptor] of before) {
        if (descriptor) Object.defineProperty(globalThis, name, descriptor);
        else Reflect.deleteProperty(globalThis, name);
      }
    },
  };
};
