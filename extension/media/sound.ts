import { playTone } from './play-tone.ts';
import type { Tone } from './tones.ts';

/** Ending at once would click. */
const RELEASE_S = 0.04;
/** How long before its cycle a repetition is scheduled, so that a late timer is not heard. */
const AHEAD_S = 0.25;

/** How a tone sounds. */
interface Options {
  /** 0–1. */
  volume: number;
  repeat: boolean;
  /** `''`: the system's default. One that is not there plays over the default, too. */
  deviceId: string;
  onEnd?: () => void;
}

/** One tone that sounds, once or over and over, on an audio context of its own that is closed when it ends. */
export class Sound {
  readonly tone: Tone;
  readonly #context: AudioContext;
  readonly #output: GainNode;
  readonly #onEnd: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ended = false;
  #deviceId: string;

  constructor(tone: Tone, options: Options) {
    this.tone = tone;
    this.#deviceId = options.deviceId;
    this.#context = new AudioContext(options.deviceId === '' ? {} : { sinkId: options.deviceId });
    this.#output = new GainNode(this.#context);
    this.#onEnd = options.onEnd ?? (() => undefined);
    this.#output.gain.value = options.volume;
    this.#output.connect(this.#context.destination);
    this.#play(this.#context.currentTime, options.repeat);
  }

  /** 0–1, heard at once. */
  setVolume(volume: number): void {
    this.#output.gain.setTargetAtTime(volume, this.#context.currentTime, RELEASE_S / 3);
  }

  /** Sounds there from now on. */
  useDevice(deviceId: string): void {
    if (deviceId === this.#deviceId || this.#ended) return;
    this.#deviceId = deviceId;
    // Unplugged in this very moment, or ended: the next change brings it to where it belongs.
    this.#context.setSinkId(deviceId).catch(() => undefined);
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    this.setVolume(0);
    this.#timer = setTimeout(() => {
      void this.#context.close();
    }, RELEASE_S * 2_000);
    this.#onEnd();
  }

  #play(start: number, repeat: boolean): void {
    playTone(this.#context, this.#output, this.tone, start);
    const next = start + this.tone.cycle;
    const wait = next - this.#context.currentTime - (repeat ? AHEAD_S : 0);
    this.#timer = setTimeout(() => {
      if (repeat) this.#play(Math.max(next, this.#context.currentTime), repeat);
      else this.end();
    }, wait * 1_000);
  }
}
