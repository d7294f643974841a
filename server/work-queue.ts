import { Refused } from './refused.ts';

/**
 * Runs at most `running` jobs at a time, keeps at most `waiting` for later, and
 * refuses the rest: a flood must not stall what shares a resource with them.
 */
export class WorkQueue {
  readonly #running: number;
  readonly #waiting: number;
  readonly #queue: (() => void)[] = [];
  #active = 0;

  constructor(limits: { running: number; waiting: number }) {
    this.#running = limits.running;
    this.#waiting = limits.waiting;
  }

  /** How many jobs run, and how many wait. */
  get load(): { running: number; waiting: number } {
    return { running: this.#active, waiting: this.#queue.length };
  }

  /** @throws Refused `overloaded` when the queue is full. */
  async run<T>(job: () => Promise<T>): Promise<T> {
    if (this.#active < this.#running) {
      this.#active += 1;
    } else {
      if (this.#queue.length >= this.#waiting) throw new Refused('overloaded');
      // The job that ends hands its place over, so that nobody can slip in between.
      await new Promise<void>((resolve) => this.#queue.push(resolve));
    }
    try {
      return await job();
    } finally {
      const next = this.#queue.shift();
      if (next) next();
      else this.#active -= 1;
    }
  }
}
