import type { Evidence } from './evidence.ts';
import { readDatabase } from './read-database.ts';

/** Milliseconds; shorter than the two minutes for which records of ended calls are kept at least. */
const EVERY = 20_000;

/** Reads what is kept again and again, because records of calls do not stay. */
export class FollowDatabase {
  readonly #url: string;
  readonly #calls = new Map<string, Evidence['database']['calls'][number]>();
  readonly #timer: NodeJS.Timeout;

  constructor(url: string) {
    this.#url = url;
    this.#timer = setInterval(() => {
      // The database is away for a moment; the next read tries again.
      this.read().catch(() => undefined);
    }, EVERY);
  }

  /** All that is stored now, and the last known record of each call that has been removed. */
  async read(): Promise<Evidence['database']> {
    const database = await readDatabase(this.#url);
    for (const call of database.calls) this.#calls.set(call.callId, call);
    return { ...database, calls: [...this.#calls.values()] };
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
