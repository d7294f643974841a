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
  #moving = false;

  constructor(tone: Tone, options: Options) {
    this.tone = tone;
    this.#deviceId = options.deviceId;
    this.#context = new AudioContext();
    this.#output = new GainNode(this.#context);
    this.#onEnd = options.onEnd ?? (() => undefined);
    this.#output.gain.value = options.volume;
    this.#output.connect(this.#context.destination);
    void this.#start(options.repeat);
  }

  /** 0–1, heard at once. */
  setVolume(volume: number): void {
    this.#output.gain.setTargetAtTime(volume, this.#context.currentTime, RELEASE_S / 3);
  }

  /** Sounds there from now on. */
  useDevice(deviceId: string): void {
    this.#deviceId = deviceId;
    void this.#move();
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

  /** Silent until it is where it belongs: nobody else should hear the first moment. */
  async #start(repeat: boolean): Promise<void> {
    await this.#move();
    if (!this.#ended) this.#play(this.#context.currentTime, repeat);
  }

  /**
   * Brings the context to its device. One move at a time: a context that is asked for another while it changes, or for
   * one that is not there when it is made, may stay where it is and say nothing.
   */
  async #move(): Promise<void> {
    if (this.#moving) return;
    this.#moving = true;
    while (!this.#ended && this.#context.sinkId !== this.#deviceId) {
      const deviceId = this.#deviceId;
      try {
        await this.#context.setSinkId(deviceId);
      } catch {
        if (deviceId === '') break;
        // Unplugged: heard elsewhere is better than not heard.
        if (this.#deviceId === deviceId) this.#deviceId = '';
      }
    }
    this.#moving = false;
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
