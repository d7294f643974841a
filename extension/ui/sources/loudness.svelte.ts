import { LevelMeter } from '../../media/level-meter.ts';

/** How loud a track is now, 0–1. Its owner calls `stop`. */
export class Loudness {
  #level = $state(0);
  readonly #meter: LevelMeter;

  constructor(track: MediaStreamTrack) {
    this.#meter = new LevelMeter(track, (level) => {
      this.#level = level;
    });
  }

  get level(): number {
    return this.#level;
  }

  stop(): void {
    this.#meter.close();
  }
}
