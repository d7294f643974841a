import { MutedSpeech } from '../../../media/muted-speech.ts';
import { SilentMicrophone } from '../../../media/silent-microphone.ts';
import type { MicrophoneHint } from '../../../ipc/snapshot.ts';
import type { LocalCapture } from './local-capture.ts';

/** How a microphone's track is listened to on this machine. */
export interface Hearing {
  /** Measures how loud a track is, until it is closed. */
  meter: (track: MediaStreamTrack, listener: (level: number) => void) => { close(): void };
  /** Whether the device gives anything at all; null: that cannot be told. */
  hearsAnything: (track: MediaStreamTrack, signal: AbortSignal) => Promise<boolean | null>;
}

interface Options extends Hearing {
  capture: Pick<LocalCapture, 'view' | 'track'>;
  /** The energy of all that the microphone has given to the connection; null: not known. */
  energy: () => Promise<number | null>;
  onChange: () => void;
  signal: AbortSignal;
}

/** Milliseconds between two looks: often enough to notice a silence of several seconds. */
const LOOK_EVERY = 2_000;
/** Milliseconds before a device is listened to again: a person who says nothing may sit in a quiet room. */
const LISTEN_AGAIN_AFTER = 60_000;

/**
 * What a person in a call may not notice of their microphone. While it is muted, a copy of its track is measured on
 * this machine, and nothing but its loudness; while it sends, the connection's own count is read, and the device
 * itself is listened to for a moment only after some seconds of silence.
 */
export class MicrophoneHints {
  readonly #options: Options;
  readonly #speech = new MutedSpeech();
  #hint: MicrophoneHint | null = null;
  #connected = false;
  /** What is measured now, and in which way. */
  #measured: { track: MediaStreamTrack; muted: boolean } | null = null;
  #measuring = new AbortController();

  constructor(options: Options) {
    this.#options = options;
    options.signal.addEventListener('abort', () => {
      this.#measuring.abort();
    });
  }

  get hint(): MicrophoneHint | null {
    return this.#hint;
  }

  /** Sound flows from here on; before, nobody would hear anything anyway. */
  connected(): void {
    this.#connected = true;
    this.follow();
  }

  /** Call it whenever the microphone may have changed. */
  follow(): void {
    const { capture, signal } = this.#options;
    const wanted =
      this.#connected && capture.track && !signal.aborted
        ? { track: capture.track, muted: capture.view.kind === 'off' }
        : null;
    if (wanted?.track === this.#measured?.track && wanted?.muted === this.#measured?.muted) return;
    this.#measured = wanted;
    this.#measuring.abort();
    this.#measuring = new AbortController();
    this.#say(null);
    if (wanted?.muted) this.#listen(wanted.track, this.#measuring.signal);
    else if (wanted) this.#watch(wanted.track, this.#measuring.signal);
  }

  #listen(track: MediaStreamTrack, end: AbortSignal): void {
    // A disabled track is silent to everybody; its clone is not, and is sent nowhere.
    const copy = track.clone();
    copy.enabled = true;
    this.#speech.pause();
    const meter = this.#options.meter(copy, (level) => {
      this.#say(this.#speech.hear(level, performance.now()) ? 'speaking-while-muted' : null);
    });
    end.addEventListener('abort', () => {
      meter.close();
      copy.stop();
    });
  }

  #watch(track: MediaStreamTrack, end: AbortSignal): void {
    const microphone = new SilentMicrophone();
    let listenAgainAt = 0;
    const look = async (): Promise<void> => {
      const energy = await this.#options.energy();
      const now = performance.now();
      if (end.aborted || energy === null) return;
      if (!microphone.hear(energy, now)) this.#say(null);
      else if (this.#hint === null && now >= listenAgainAt) {
        listenAgainAt = now + LISTEN_AGAIN_AFTER;
        const anything = await this.#options.hearsAnything(track, end);
        if (anything === false) this.#say('silent');
      }
    };
    const timer = setInterval(() => void look(), LOOK_EVERY);
    end.addEventListener('abort', () => {
      clearInterval(timer);
    });
  }

  #say(hint: MicrophoneHint | null): void {
    if (hint === this.#hint) return;
    this.#hint = hint;
    this.#options.onChange();
  }
}
