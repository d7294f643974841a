/**
 * Milliseconds. A microphone hears its own noise in the quietest room; one that is switched off at the device,
 * or turned down to nothing, gives exactly nothing.
 */
const SILENT_MS = 8_000;

/** Tells from the energy that a microphone has given so far whether it gives none. */
export class SilentMicrophone {
  #energy: number | null = null;
  #since = 0;

  /**
   * @param energy What has come in all, of any unit; where it does not grow there is no sound at all.
   * @param at Milliseconds of any clock.
   * @returns Whether nothing has come for a while.
   */
  hear(energy: number, at: number): boolean {
    // Less than before is another count: it starts anew.
    if (energy !== this.#energy) this.#since = at;
    this.#energy = energy;
    return at - this.#since >= SILENT_MS;
  }
}
