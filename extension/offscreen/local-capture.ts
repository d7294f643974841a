import { CaptureError } from '../media/capture-error.ts';
import type { CaptureSource } from '../media/open-capture.ts';
import type { LocalSource } from '../messaging/snapshot.ts';

export type OpenCapture = (source: CaptureSource, signal: AbortSignal) => Promise<MediaStreamTrack>;

interface Options {
  source: CaptureSource;
  open: OpenCapture;
  /** Sends this track from now on, or nothing. */
  attach: (track: MediaStreamTrack | null) => void;
  onChange: () => void;
  /** Aborts when the call ends; nothing stays open then. */
  signal: AbortSignal;
}

/**
 * The microphone or the camera of one call. Turned off, the camera is closed, so that its light goes
 * out; the microphone is silenced and stays open, so that the first word after unmuting is heard.
 */
export class LocalCapture {
  readonly #options: Options;
  #view: LocalSource = { kind: 'off' };
  #track: MediaStreamTrack | null = null;
  /** Ends the opening that is under way. */
  #opening: AbortController | null = null;

  constructor(options: Options) {
    this.#options = options;
    options.signal.addEventListener(
      'abort',
      () => {
        this.#drop();
      },
      { once: true },
    );
  }

  get view(): LocalSource {
    return this.#view;
  }

  /** What is captured; null while nothing is. */
  get track(): MediaStreamTrack | null {
    return this.#track;
  }

  turnOn(): void {
    if (this.#opening || this.#options.signal.aborted) return;
    if (this.#track) {
      this.#track.enabled = true;
      this.#show({ kind: 'on' });
    } else {
      void this.#open();
    }
  }

  turnOff(): void {
    if (this.#options.source === 'microphone' && this.#track) this.#track.enabled = false;
    else this.#drop();
    this.#show({ kind: 'off' });
  }

  /** A permission was given: what was wanted and had failed for it is tried again. */
  retry(): void {
    const wanted =
      this.#view.kind === 'problem' &&
      (this.#view.problem === 'permission-needed' || this.#view.problem === 'permission-denied');
    if (wanted) this.turnOn();
  }

  async #open(): Promise<void> {
    const opening = new AbortController();
    this.#opening = opening;
    this.#show({ kind: 'starting' });
    const { source, open, signal } = this.#options;
    try {
      const track = await open(source, AbortSignal.any([signal, opening.signal]));
      this.#opening = null;
      this.#adopt(track);
    } catch (error) {
      // Turned off again, or the call has ended: whoever did that has said what is so now.
      if (signal.aborted || opening.signal.aborted) return;
      this.#opening = null;
      this.#show({ kind: 'problem', problem: error instanceof CaptureError ? error.problem : 'failed' });
    }
  }

  #adopt(track: MediaStreamTrack): void {
    this.#track = track;
    // Fires when the device goes away, not when this phone stops the track.
    track.addEventListener(
      'ended',
      () => {
        if (this.#track !== track) return;
        this.#drop();
        this.#show({ kind: 'problem', problem: 'failed' });
      },
      { once: true },
    );
    this.#options.attach(track);
    this.#show({ kind: 'on' });
  }

  #drop(): void {
    this.#opening?.abort();
    this.#opening = null;
    const track = this.#track;
    this.#track = null;
    track?.stop();
    if (track && !this.#options.signal.aborted) this.#options.attach(null);
  }

  #show(view: LocalSource): void {
    this.#view = view;
    this.#options.onChange();
  }
}
