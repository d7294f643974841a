import type { Clock } from './clock.ts';

/** How much may come at once, and how much comes back each second. */
export interface BucketSize {
  size: number;
  perSecond: number;
}

/** Bounds how much happens over time, bursts included (token bucket). */
export class TokenBucket {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #size: number;
  readonly #perSecond: number;
  #left: number;
  #filledAt: number;

  constructor(clock: Pick<Clock, 'now'>, { size, perSecond }: BucketSize) {
    this.#clock = clock;
    this.#size = this.#left = size;
    this.#perSecond = perSecond;
    this.#filledAt = clock.now();
  }

  /** Takes so much if there is enough; returns whether it did. */
  take(amount = 1): boolean {
    const now = this.#clock.now();
    this.#left = Math.min(this.#size, this.#left + ((now - this.#filledAt) / 1_000) * this.#perSecond);
    this.#filledAt = now;
    if (amount > this.#left) return false;
    this.#left -= amount;
    return true;
  }
}
