import type { Clock, Timer } from './clock.ts';

/** One timer a key, for the next moment at which time alone changes what it stands for. */
export class Deadlines<Key extends string> {
  readonly #timers = new Map<Key, Timer>();
  readonly #clock: Clock;
  readonly #onDue: (key: Key) => void;

  constructor(clock: Clock, onDue: (key: Key) => void) {
    this.#clock = clock;
    this.#onDue = onDue;
  }

  /** `at` is epoch milliseconds; null: nothing is due any more. Never due before the clock says so. */
  set(key: Key, at: number | null): void {
    this.#timers.get(key)?.cancel();
    this.#timers.delete(key);
    if (at === null) return;
    const timer = this.#clock.setTimeout(
      () => {
        // Node's timers run on another clock than Date.now() and one in six fires a millisecond before it, where
        // nothing is due yet: without another try a call would ring for ever.
        if (this.#clock.now() < at) {
          this.set(key, at);
          return;
        }
        this.#timers.delete(key);
        this.#onDue(key);
      },
      Math.max(0, at - this.#clock.now()),
    );
    this.#timers.set(key, timer);
  }

  clear(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }
}
