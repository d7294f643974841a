/**
 * Remembers which sequence numbers have come, in bounded memory: of the
 * highest `span` numbers exactly; everything lower counts as seen.
 */
export class Seen {
  readonly #span: number;
  readonly #numbers = new Set<number>();
  #highest = -1;

  constructor(span = 256) {
    this.#span = span;
  }

  /** Returns whether `number` is new, and remembers it. */
  add(number: number): boolean {
    if (number <= this.#highest - this.#span || this.#numbers.has(number)) return false;
    this.#numbers.add(number);
    if (number > this.#highest) {
      this.#highest = number;
      for (const old of this.#numbers) if (old <= number - this.#span) this.#numbers.delete(old);
    }
    return true;
  }
}
