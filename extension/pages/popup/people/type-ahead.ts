import { fold } from './fold.ts';

/** Milliseconds after which a key begins a new name. */
const PAUSE = 800;

/** Finds by the first letters of a name, typed one after the other; the same letter again goes on to the next. */
export class TypeAhead {
  #typed = '';
  #last = Number.NEGATIVE_INFINITY;

  /** Whether a space would belong to a name that is being typed. */
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
    // A name that goes on may still be the same person's; a new letter means the next one.
    const from = again ? at + 1 : at;
    for (let i = 0; i < names.length; i += 1) {
      const index = (from + i) % names.length;
      if (names[index]?.startsWith(wanted)) return index;
    }
    return null;
  }
}
