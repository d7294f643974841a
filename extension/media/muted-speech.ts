/** On the scale of `loudnessOf`: −30 dB below full scale, which nobody reaches but who speaks to the microphone. */
const LOUD = 0.5;
/** Milliseconds of loudness that are speech; pauses between words take half of their length away again. */
const SPEECH_MS = 700;
/** Milliseconds for which it is said. */
const SHOWN_MS = 6_000;
/** Milliseconds after it was said in which it is not said again: who talks to somebody in the room knows. */
const REST_MS = 45_000;
/** Milliseconds; longer gaps between two levels were no listening. */
const LONGEST_STEP = 250;

/** Tells from the levels of a muted microphone whether its person speaks to deaf ears. Keeps no sound, only how long it was loud. */
export class MutedSpeech {
  #at: number | null = null;
  #spoken = 0;
  #saidAt: number | null = null;

  /**
   * @param level 0–1, see `loudnessOf`.
   * @param at Milliseconds of any clock.
   * @returns Whether it is to be said now.
   */
  hear(level: number, at: number): boolean {
    const step = Math.min(LONGEST_STEP, at - (this.#at ?? at));
    this.#at = at;
    this.#spoken = Math.max(0, this.#spoken + (level >= LOUD ? step : -step / 2));
    const since = this.#saidAt === null ? Number.POSITIVE_INFINITY : at - this.#saidAt;
    if (since < SHOWN_MS) return true;
    if (since < REST_MS) this.#spoken = 0;
    if (this.#spoken < SPEECH_MS) return false;
    this.#spoken = 0;
    this.#saidAt = at;
    return true;
  }

  /** Listens anew, e.g. after it was unmuted in between; a rest goes on. */
  pause(): void {
    this.#at = null;
    this.#spoken = 0;
  }
}
