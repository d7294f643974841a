import { loudnessOf } from './loudness.ts';

/** Often enough to look live. */
const INTERVAL_MS = 50;

/**
 * How loud a track is, 0–1, for a meter. Driven by a timer: animation frames
 * never come in the offscreen document. The track stays its owner's to stop.
 */
export class LevelMeter {
  readonly #context = new AudioContext();
  readonly #analyser = new AnalyserNode(this.#context, { fftSize: 1024 });
  readonly #samples = new Float32Array(this.#analyser.fftSize);
  readonly #timer: ReturnType<typeof setInterval>;
  #level = 0;

  /** Measures until `close`; `listener` hears each new level. */
  constructor(track: MediaStreamTrack, listener?: (level: number) => void) {
    new MediaStreamAudioSourceNode(this.#context, { mediaStream: new MediaStream([track]) }).connect(
      this.#analyser,
    );
    this.#timer = setInterval(() => {
      this.#analyser.getFloatTimeDomainData(this.#samples);
      this.#level = loudnessOf(this.#samples);
      listener?.(this.#level);
    }, INTERVAL_MS);
  }

  get level(): number {
    return this.#level;
  }

  close(): void {
    clearInterval(this.#timer);
    if (this.#context.state !== 'closed') void this.#context.close();
  }
}
