import type { Clock } from '../../extension/rtc/clock.ts';

/** A clock that a test advances. */
export class ManualClock implements Clock {
  #now = 0;
  readonly #timers = new Set<{ at: number; callback: () => void }>();

  now(): number {
    return this.#now;
  }

  after(delay: number, callback: () => void): () => void {
    const timer = { at: this.#now + delay, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Timers that have not fired. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Advances by a number of milliseconds; promises settle between timers. */
  async pass(duration: number): Promise<void> {
    const end = this.#now + duration;
    for (;;) {
      const [next] = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.#now = Math.max(this.#now, next.at);
      this.#timers.delete(next);
      next.callback();
      await Promise.resolve();
      await Promise.resolve();
      await Promise.resolve();
    }
    this.#now = end;
  }

  /** Simulates a sleeping machine: time advances, and timers fire late. */
  sleep(duration: number): void {
    this.#now += duration;
  }
}
