import type { HistoryCursor, HistoryEntry } from '../../../../protocol/history/history.ts';
import type { Ask } from '../../../ipc/asking.ts';
import type { PhoneProtocol } from '../../../ipc/protocol.ts';

/** Calls in one read: more than the popup shows, and the most that the contract allows. */
const PAGE = 30;
const PAGE_MAX = 100;

interface Options {
  askPhone: Ask<PhoneProtocol>;
}

/** The part of the person's history that a page shows, read from the server page by page. */
export class HistoryList {
  #entries = $state.raw<readonly HistoryEntry[]>([]);
  #state = $state.raw<'loading' | 'ready' | 'failed'>('loading');
  #done = $state(0);
  /** The cursor of the next page; null: there is none. */
  #next: HistoryCursor | null = null;
  /** One read at a time; a later refresh discards the result of an earlier read. */
  #reading = 0;
  #busy = false;
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  get entries(): readonly HistoryEntry[] {
    return this.#entries;
  }

  get state(): 'loading' | 'ready' | 'failed' {
    return this.#state;
  }

  /** Counts finished reads, so that a request for more during one is repeated after it. */
  get done(): number {
    return this.#done;
  }

  /** Reads as many calls again as are shown, from the newest on. The old ones stay visible until then. */
  async refresh(): Promise<void> {
    await this.#read([], undefined, Math.max(PAGE, this.#entries.length));
  }

  /** Reads the calls after the last one shown. Does nothing during another read. */
  async more(): Promise<void> {
    if (this.#busy || this.#next === null) return;
    await this.#read(this.#entries, this.#next, PAGE);
  }

  async #read(
    before: readonly HistoryEntry[],
    from: HistoryCursor | undefined,
    wanted: number,
  ): Promise<void> {
    const reading = (this.#reading += 1);
    this.#busy = true;
    let entries = before;
    let cursor: HistoryCursor | null | undefined = from;
    while (cursor !== null && entries.length < before.length + wanted) {
      const limit = Math.min(PAGE_MAX, before.length + wanted - entries.length);
      const page = await this.#page(limit, cursor);
      if (reading !== this.#reading) return;
      if (!page) {
        this.#busy = false;
        this.#state = 'failed';
        return;
      }
      entries = [...entries, ...page.entries];
      cursor = page.next;
    }
    this.#busy = false;
    this.#entries = entries;
    this.#next = cursor ?? null;
    this.#state = 'ready';
    this.#done += 1;
  }

  async #page(limit: number, before: HistoryCursor | undefined) {
    try {
      const query = { limit, ...(before !== undefined && { before }) };
      const page = await this.#options.askPhone('history-page', query);
      return page.ok ? page : null;
    } catch {
      return null;
    }
  }
}
