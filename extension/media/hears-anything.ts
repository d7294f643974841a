/** Milliseconds: any microphone has made its own noise by then. */
const LISTEN_FOR = 1_500;
const INTERVAL_MS = 40;

/** As the device gives it: what the browser makes of it has a noise of its own, put in where an echo was taken out. */
const RAW = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

const openRaw = async (deviceId: string | undefined): Promise<MediaStream | null> => {
  const audio = { ...RAW, ...(deviceId !== undefined && { deviceId: { exact: deviceId } }) };
  return navigator.mediaDevices.getUserMedia({ audio }).catch(() => null);
};

/**
 * Listens for a moment whether a microphone gives anything at all, be it the noise of a quiet room. One that is
 * switched off at the device gives exact zeros. Null: it could not be listened to, or `signal` aborted.
 * @param track An open track of it; stays as it is.
 */
export const hearsAnything = async (
  track: MediaStreamTrack,
  signal: AbortSignal,
): Promise<boolean | null> => {
  const stream = await openRaw(track.getSettings().deviceId);
  if (!stream) return null;
  const context = new AudioContext();
  try {
    const analyser = new AnalyserNode(context, { fftSize: 4096 });
    new MediaStreamAudioSourceNode(context, { mediaStream: stream }).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const end = performance.now() + LISTEN_FOR;
    while (!signal.aborted && performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
      analyser.getFloatTimeDomainData(samples);
      if (samples.some((sample) => sample !== 0)) return true;
    }
    return signal.aborted ? null : false;
  } finally {
    for (const opened of stream.getTracks()) opened.stop();
    await context.close();
  }
};
