import type { Tone } from './tones.ts';

/** Short enough not to be heard as a delay, long enough not to click. */
const FADE_S = 0.015;
/** An exponential ramp cannot reach zero. */
const SILENCE = 0.001;

/**
 * Schedules one cycle of a tone on an audio context from `start` on (context
 * time, seconds), into `output`. Nodes go by themselves when they have sounded.
 */
export const playTone = (context: BaseAudioContext, output: AudioNode, tone: Tone, start: number): void => {
  for (const { at, lasts, frequencies, shape } of tone.notes) {
    const begin = start + at;
    const end = begin + lasts;
    for (const [index, frequency] of frequencies.entries()) {
      const level = shape === 'bell' ? tone.gain / (1 + index * 3) : tone.gain / frequencies.length;
      const envelope = new GainNode(context, { gain: 0 });
      envelope.gain.setValueAtTime(SILENCE, begin);
      envelope.gain.linearRampToValueAtTime(level, begin + FADE_S);
      if (shape === 'bell') envelope.gain.exponentialRampToValueAtTime(SILENCE, end);
      else {
        envelope.gain.setValueAtTime(level, end - FADE_S);
        envelope.gain.linearRampToValueAtTime(0, end);
      }
      const oscillator = new OscillatorNode(context, { frequency });
      oscillator.connect(envelope).connect(output);
      oscillator.start(begin);
      oscillator.stop(end);
    }
  }
};
