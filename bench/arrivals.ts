/**
 * The moments that a benchmark records in a page, each with the time when it was first reached, in epoch
 * milliseconds.
 */
export type Moments = Record<string, number>;

/** {@link installArrivals} puts this on a page's window. */
export interface Arrivals {
  moments: Moments;
  note(name: string): void;
  /** Notes when this connection is up, and when its first picture and its first sound arrive decoded. */
  watch(connection: RTCPeerConnection): void;
  /** Notes `moment` when the newest connection sends pictures of at least this height. */
  awaitHeight(height: number, moment: string): Promise<void>;
}

declare global {
  interface Window {
    arrivals: Arrivals;
  }
  // Only Chromium has this in a page, so TypeScript's types for pages lack it.
  var MediaStreamTrackProcessor: new (init: { track: MediaStreamTrack }) => {
    readable: ReadableStream<VideoFrame | AudioData>;
  };
}

/** Runs in a page, the bare page or the phone, and lets it note moments. */
export const installArrivals = (): void => {
  const moments: Moments = {};
  const note = (name: string): void => {
    moments[name] ??= performance.timeOrigin + performance.now();
  };

  const loudest = (data: AudioData): number => {
    const samples = new Float32Array(data.numberOfFrames);
    data.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
    return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  };

  const firstOf = async (track: MediaStreamTrack, name: string): Promise<void> => {
    const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
    for (;;) {
      const { value } = await reader.read();
      if (!value) return;
      const counts = value instanceof VideoFrame || loudest(value) > 0.01;
      value.close();
      if (!counts) continue;
      note(name);
      await reader.cancel();
      return;
    }
  };

  let newest: RTCPeerConnection | null = null;
  const heightSent = async (): Promise<number> => {
    let height = 0;
    const reports = await newest?.getStats();
    reports?.forEach((report: { type: string; frameHeight?: number }) => {
      if (report.type === 'outbound-rtp') height = Math.max(height, report.frameHeight ?? 0);
    });
    return height;
  };

  window.arrivals = {
    moments,
    note,
    async awaitHeight(height, moment) {
      while ((await heightSent()) < height) await new Promise((resolve) => setTimeout(resolve, 50));
      note(moment);
    },
    watch(connection) {
      newest = connection;
      connection.addEventListener('connectionstatechange', () => {
        if (connection.connectionState === 'connected') note('connected');
      });
      let pictures = 0;
      connection.addEventListener('track', ({ track }) => {
        // The second picture of a call is for the screen.
        if (track.kind === 'video' && pictures++ > 0) return;
        void firstOf(track, track.kind === 'video' ? 'first-frame' : 'first-sound');
      });
    },
  };
};
