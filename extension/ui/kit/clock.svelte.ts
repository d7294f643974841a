import { createSubscriber } from 'svelte/reactivity';

const TICK_MS = 500;

/** The time in epoch milliseconds, ticking only while something on screen shows it. */
export class Clock {
  readonly #subscribe: () => void;

  /** @param tick the interval in milliseconds. */
  constructor(tick = TICK_MS) {
    this.#subscribe = createSubscriber((update) => {
      const timer = setInterval(update, tick);
      return () => {
        clearInterval(timer);
      };
    });
  }

  get now(): number {
    this.#subscribe();
    return Date.now();
  }
}
