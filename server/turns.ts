/** Work on the same thing is done one after the other, in the order in which it was asked for. */
export class Turns<Key> {
  readonly #last = new Map<Key, Promise<unknown>>();

  /** Begins when everything that was given before under the same key has ended, however it ended. */
  take<T>(key: Key, work: () => Promise<T>): Promise<T> {
    return this.takeAll([key], work);
  }

  /**
   * As {@link take}, for work on several keys. It waits in all their queues at once, so that two jobs that share
   * several keys cannot wait for each other.
   */
  async takeAll<T>(keys: readonly Key[], work: () => Promise<T>): Promise<T> {
    const [before, ...others] = keys.map((key) => this.#last.get(key)).filter((last) => last !== undefined);
    const all = others.length === 0 ? before : Promise.allSettled([before, ...others]);
    const mine = all ? all.then(work, work) : work();
    for (const key of keys) this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      for (const key of keys) if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }

  /** Under how many keys something is being done. */
  get size(): number {
    return this.#last.size;
  }
}
