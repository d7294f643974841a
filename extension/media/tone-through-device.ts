import { playTone } from './play-tone.ts';
import type { Tone } from './tones.ts';

/** A frequency that rooms seldom make, and small speakers do. */
const FREQUENCY = 1_170;
const TONE: Tone = {
  notes: [{ at: 0.3, lasts: 1.2, frequencies: [FREQUENCY], shape: 'steady' }],
  cycle: 2,
  gain: 0.4,
};
const INTERVAL_MS = 50;
/** Decibels that the tone must stand above the room before it. */
const ABOVE_ROOM = 20;
/** How often in a row: a click does not last. */
const IN_A_ROW = 6;

/**
 * Plays a tone over the speaker and listens for it with the microphone.
 * Resolves when it has sounded, with whether it was heard: headphones, or an
 * echo canceller in the sound system, keep a working speaker from being heard.
 * @param track null: nobody listens.
 * @param speaker Its id, '' for the system's default.
 */
export const toneThroughDevice = async (
  track: MediaStreamTrack | null,
  speaker: string,
): Promise<boolean> => {
  const context = new AudioContext(speaker === '' ? {} : { sinkId: speaker });
  try {
    const analyser = new AnalyserNode(context, { fftSize: 4096, smoothingTimeConstant: 0 });
    if (track) {
      new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) }).connect(analyser);
    }
    const bin = Math.round((FREQUENCY * analyser.fftSize) / context.sampleRate);
    const spectrum = new Float32Array(analyser.frequencyBinCount);
    const loudness = (): number => {
      analyser.getFloatFrequencyData(spectrum);
      return spectrum[bin] ?? Number.NEGATIVE_INFINITY;
    };
    playTone(context, context.destination, TONE, context.currentTime);
    return await new Promise((resolve) => {
      let room = -90;
      let inARow = 0;
      const timer = setInterval(() => {
        const now = loudness();
        if (context.currentTime < 0.25) room = Math.max(room, now);
        inARow = now > room + ABOVE_ROOM ? inARow + 1 : 0;
        if (inARow < IN_A_ROW && context.currentTime < TONE.cycle) return;
        clearInterval(timer);
        resolve(track !== null && inARow >= IN_A_ROW);
      }, INTERVAL_MS);
    });
  } finally {
    await context.close();
  }
};
