import type { LocalCapture } from './local-capture.ts';

interface Options {
  capture: Pick<LocalCapture, 'track' | 'pictureArrives'>;
  /** How many frames the track's device has given; null: that cannot be told. */
  framesOf: (track: MediaStreamTrack) => number | null;
  signal: AbortSignal;
}

/** Milliseconds between two looks. */
const LOOK_EVERY = 500;
/**
 * Milliseconds without a frame after which there is no picture. In the dark a camera gives five frames a second, and it
 * takes up to two seconds for its first.
 */
const STILL_AFTER = 2_400;
/** Milliseconds between two looks after which this thread was busy, or the machine slept: nothing is known of between. */
const LATE = 1_200;

/**
 * Tells when an open camera gives no picture, and when it gives one again: its track stays live then, and nothing but
 * the missing frames shows it.
 */
export class PictureWatch {
  readonly #options: Options;
  #watched: MediaStreamTrack | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(options: Options) {
    this.#options = options;
    options.signal.addEventListener('abort', () => {
      this.#watched = null;
      clearInterval(this.#timer);
    });
  }

  /** Call it whenever the camera may have changed. */
  follow(): void {
    const { capture, framesOf, signal } = this.#options;
    const track = signal.aborted ? null : capture.track;
    if (track === this.#watched) return;
    this.#watched = track;
    clearInterval(this.#timer);
    if (!track) return;
    let frames = framesOf(track);
    let [lookedAt, grewAt] = [performance.now(), performance.now()];
    this.#timer = setInterval(() => {
      const now = performance.now();
      const counted = framesOf(track);
      if (counted === null) return;
      if (counted !== frames) grewAt = now;
      else if (now - lookedAt > LATE) grewAt += now - lookedAt;
      [frames, lookedAt] = [counted, now];
      capture.pictureArrives(now - grewAt < STILL_AFTER);
    }, LOOK_EVERY);
  }
}
