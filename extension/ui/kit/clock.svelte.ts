import { createSubscriber } from 'svelte/reactivity';

const TICK_MS = 500;

/** The time in epoch milliseconds, ticking only while something on screen shows it. */
export class Clock {
  readonly #subscribe: () => void;

  readonly #read: () => number;

  /**
   * @param tick the interval in milliseconds.
   * @param read gives the time: the computer's own by default.
   */
  constructor(tick = TICK_MS, read: () => number = Date.now) {
    this.#read = read;
    this.#subscribe = createSubscriber((update) => {
      const timer = setInterval(update, tick);
      return () => {
        clearInterval(timer);
      };
    });
  }

  get now(): number {
    this.#subscribe();
    return this.#read();
  }
}
