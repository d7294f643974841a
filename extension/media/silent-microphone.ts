/** Energy a second below which nobody speaks: about −60 dB below full scale. */
const QUIET = 1e-6;
/** Milliseconds. */
const QUIET_FOR = 6_000;

/**
 * Judges by the energy that a microphone has given so far whether it may be dead. `hearsAnything` then tells a dead
 * device from a quiet room.
 */
export class SilentMicrophone {
  #last: { energy: number; at: number } | null = null;
  #quietSince: number | null = null;

  /**
   * @param energy All that has come, see `totalAudioEnergy` in https://www.w3.org/TR/webrtc-stats/.
   * @param at Milliseconds of any clock.
   * @returns Whether next to nothing has come for a while.
   */
  hear(energy: number, at: number): boolean {
    const before = this.#last;
    this.#last = { energy, at };
    // Less than before means a new counter.
    const growth = before && energy >= before.energy ? energy - before.energy : null;
    const seconds = before ? (at - before.at) / 1_000 : 0;
    if (!before || growth === null || growth > QUIET * seconds) this.#quietSince = null;
    else this.#quietSince ??= before.at;
    return this.#quietSince !== null && at - this.#quietSince >= QUIET_FOR;
  }
}
