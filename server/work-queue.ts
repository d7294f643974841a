import { Refused } from './refused.ts';

/** How much work is taken on. */
interface WorkLimits {
  running: number;
  waiting: number;
  /** How many of those that wait may be one asker's. */
  waitingOfOne: number;
}

interface Waiting {
  readonly asker: string;
  readonly start: () => void;
}

/**
 * Runs at most `running` jobs at a time, keeps at most `waiting` for later, and refuses the rest: a flood must not
 * stall what shares a resource with it. The asker with the fewest running jobs is served next, so that one with many
 * jobs waits for others and not the other way round; each asker's own jobs keep their order.
 */
export class WorkQueue {
  readonly #limits: WorkLimits;
  readonly #queue: Waiting[] = [];
  /** How many jobs run, by asker. */
  readonly #running = new Map<string, number>();
  #active = 0;

  constructor(limits: WorkLimits) {
    this.#limits = limits;
  }

  /** How many jobs run, and how many wait. */
  get load(): { running: number; waiting: number } {
    return { running: this.#active, waiting: this.#queue.length };
  }

  /** @throws Refused `overloaded` when the queue, or the asker's share of it, is full. */
  async run<T>(asker: string, job: () => Promise<T>): Promise<T> {
    if (this.#active < this.#limits.running) this.#count(asker, 1);
    else await this.#wait(asker);
    try {
      return await job();
    } finally {
      this.#count(asker, -1);
      this.#startNext();
    }
  }

  #wait(asker: string): Promise<void> {
    const own = this.#queue.filter((each) => each.asker === asker).length;
    if (this.#queue.length >= this.#limits.waiting || own >= this.#limits.waitingOfOne) {
      throw new Refused('overloaded');
    }
    return new Promise((resolve) => this.#queue.push({ asker, start: resolve }));
  }

  // The job that ends hands its place over at once, so that nobody can slip in between.
  #startNext(): void {
    const running = this.#queue.map(({ asker }) => this.#running.get(asker) ?? 0);
    const place = running.indexOf(Math.min(...running));
    const [next] = place < 0 ? [] : this.#queue.splice(place, 1);
    if (!next) return;
    this.#count(next.asker, 1);
    next.start();
  }

  #count(asker: string, change: 1 | -1): void {
    this.#active += change;
    const running = (this.#running.get(asker) ?? 0) + change;
    if (running > 0) this.#running.set(asker, running);
    else this.#running.delete(asker);
  }
}
