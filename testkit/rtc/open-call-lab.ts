import type { Signal } from '../../protocol/calls/signal.ts';
import type { Peer } from '../../extension/rtc/peer.ts';
import { openLab, type Lab } from './open-lab.ts';

/** Two peers of one call in one page, connected to each other as through the server. */
interface Call {
  caller: Peer;
  callee: Peer;
  connections: { caller: RTCPeerConnection; callee: RTCPeerConnection };
  offer: string;
  answer: string;
  events: string[];
  signals: { from: 'caller' | 'callee'; signal: Signal }[];
  /** Whether signals reach the other side; false: they are lost. */
  wired: boolean;
  /** Both sides receive each signal twice. */
  doubled: boolean;
  /** `answerLost`: the caller is not given the answer. */
  accept: (how?: { answerLost?: boolean }) => Promise<void>;
  /** Resolves when an event of that name has arrived since the last call of `forget`. */
  came: (event: string) => Promise<void>;
  forget: () => void;
}

declare global {
  var rtc: { Peer: typeof Peer };
  var ring: () => Promise<Call>;
  var picture: () => { track: MediaStreamTrack; stop: () => void };
  var shows: (track: MediaStreamTrack | null, within?: number) => Promise<boolean>;
  var hears: (track: MediaStreamTrack | null) => Promise<boolean>;
}

/** A real browser page in which `ring()` makes two peers of one call, and pictures and sound can be judged. */
export const openCallLab = async (): Promise<Lab> => {
  const lab = await openLab({ rtc: new URL('../../extension/rtc/peer.ts', import.meta.url) });
  await lab.page.evaluate(() => {
    const until = async (condition: () => boolean): Promise<void> => {
      const end = performance.now() + 12_000;
      while (!condition()) {
        if (performance.now() > end) throw new Error('timed out');
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };

    globalThis.ring = async () => {
      const made: RTCPeerConnection[] = [];
      const createConnection = (configuration: RTCConfiguration): RTCPeerConnection => {
        const connection = new RTCPeerConnection(configuration);
        made.push(connection);
        return connection;
      };
      const caller = new rtc.Peer({ side: 'caller', createConnection });
      const callee = new rtc.Peer({ side: 'callee', createConnection });
      const [a, b] = made;
      if (!a || !b) throw new Error('no connections');
      const whileRinging: Signal[] = [];
      let accepted = false;
      const call: Call = {
        caller,
        callee,
        connections: { caller: a, callee: b },
        offer: '',
        answer: '',
        events: [],
        signals: [],
        wired: true,
        doubled: false,
        accept: async ({ answerLost = false } = {}) => {
          accepted = true;
          await Promise.all([
            callee.startAnswer([]),
            ...(answerLost ? [] : [caller.applyAnswer(call.answer)]),
            ...whileRinging.map((signal) => callee.handleSignal(signal)),
          ]);
        },
        came: (event) => until(() => call.events.includes(event)),
        forget: () => (call.events = []),
      };
      const wire = (from: 'caller' | 'callee', to: Peer): void => {
        call[from].on('signal', (signal) => {
          call.signals.push({ from, signal });
          if (!call.wired) return;
          if (!accepted) whileRinging.push(signal);
          else for (let i = 0; i < (call.doubled ? 2 : 1); i++) void to.handleSignal(signal);
        });
        for (const name of [
          'connected',
          'interrupted',
          'failed',
          'remoteMedia',
          'remoteReconnecting',
          'hangUp',
        ] as const) {
          call[from].on(name, (event) => {
            call.events.push(`${from} ${name}${event ? ` ${JSON.stringify(event)}` : ''}`);
          });
        }
      };
      wire('caller', callee);
      wire('callee', caller);
      call.offer = await caller.prepareOffer();
      call.answer = await callee.prepareAnswer(call.offer);
      return call;
    };

    globalThis.picture = () => {
      const canvas = document.createElement('canvas');
      canvas.width = 320;
      canvas.height = 240;
      const context = canvas.getContext('2d');
      let frame = 0;
      const timer = setInterval(() => {
        if (!context) return;
        context.fillStyle = `hsl(${(frame++ * 20) % 360} 90% 60%)`;
        context.fillRect(0, 0, canvas.width, canvas.height);
      }, 33);
      const [track] = canvas.captureStream(30).getVideoTracks();
      if (!track) throw new Error('no track');
      const stop = (): void => {
        clearInterval(timer);
        track.stop();
      };
      return { track, stop };
    };

    /** Whether a track carries sound louder than silence within half a second. */
    globalThis.hears = async (track) => {
      if (!track) return false;
      const context = new AudioContext();
      const analyser = new AnalyserNode(context);
      new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) }).connect(analyser);
      const samples = new Float32Array(analyser.fftSize);
      let peak = 0;
      for (let i = 0; i < 10; i++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        analyser.getFloatTimeDomainData(samples);
        peak = Math.max(peak, ...samples);
      }
      await context.close();
      return peak > 0.01;
    };

    /** Whether a video shows changing pixels that are not black, within so many milliseconds. */
    globalThis.shows = async (track, within = 5_000) => {
      if (!track) return false;
      const video = document.createElement('video');
      video.muted = true;
      video.srcObject = new MediaStream([track]);
      void video.play();
      const canvas = new OffscreenCanvas(1, 1);
      const context = canvas.getContext('2d', { willReadFrequently: true });
      const colours = new Set<string>();
      for (let i = 0; i < within / 50 && colours.size < 3; i++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        if (!context || video.videoWidth === 0) continue;
        context.drawImage(video, 0, 0, 1, 1);
        const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
        if (red + green + blue > 60) colours.add(`${red} ${green} ${blue}`);
      }
      video.srcObject = null;
      return colours.size >= 3;
    };
  });
  return lab;
};
