import { fold } from './fold.ts';

/** After this pause, in milliseconds, a key begins a new name. */
const PAUSE = 800;

/**
 * Finds a name by its first letters, typed one after the other. The same letter again goes on to the next
 * name.
 */
export class TypeAhead {
  #typed = '';
  #last = Number.NEGATIVE_INFINITY;

  /** Whether a name is being typed, to which a space would belong. */
  isTyping(now: number): boolean {
    return this.#typed !== '' && now - this.#last < PAUSE;
  }

  /**
   * @param names folded; see `fold`.
   * @param at where the search begins.
   * @param now milliseconds.
   * @returns which name it is, or null.
   */
  find(key: string, names: readonly string[], at: number, now: number): number | null {
    this.#typed = this.isTyping(now) ? this.#typed + fold(key) : fold(key);
    this.#last = now;
    const first = this.#typed.charAt(0);
    const again = this.#typed === first.repeat(this.#typed.length);
    const wanted = again ? first : this.#typed;
    // A longer text may still match the same person; a new first letter means the next one.
    const from = again ? at + 1 : at;
    for (let i = 0; i < names.length; i += 1) {
      const index = (from + i) % names.length;
      if (names[index]?.startsWith(wanted)) return index;
    }
    return null;
  }
}
