/** Work on the same thing is done one after the other, in the order in which it was asked for. */
export class Turns<Key> {
  readonly #last = new Map<Key, Promise<unknown>>();

  /** Begins when everything that was given before under the same key has ended, however it ended. */
  async take<T>(key: Key, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    const mine = before ? before.then(work, work) : work();
    this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }

  /** Under how many keys something is being done. */
  get size(): number {
    return this.#last.size;
  }
}
