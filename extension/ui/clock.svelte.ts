import { createSubscriber } from 'svelte/reactivity';

const TICK_MS = 500;

/** The time in epoch milliseconds, ticking only while something on screen shows it. */
export class Clock {
  readonly #subscribe = createSubscriber((update) => {
    const timer = setInterval(update, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  });

  get now(): number {
    this.#subscribe();
    return Date.now();
  }
}
