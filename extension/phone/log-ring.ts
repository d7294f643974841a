/** Numbers and codes that go with a log entry: never names, addresses or what people wrote. */
export type LogDetail = Record<string, string | number>;

export type Log = (what: string, detail?: LogDetail) => void;

/** The last things that happened, for "Copy report". Bounded, in memory only. */
export class LogRing {
  readonly #size: number;
  readonly #now: () => number;
  readonly #lines: string[] = [];

  constructor(size: number, now: () => number) {
    this.#size = size;
    this.#now = now;
  }

  readonly log: Log = (what, detail = {}) => {
    const details = Object.entries(detail).map(([key, value]) => ` ${key}=${String(value)}`);
    this.#lines.push(`${new Date(this.#now()).toISOString()} ${what}${details.join('')}`);
    if (this.#lines.length > this.#size) this.#lines.shift();
  };

  get lines(): readonly string[] {
    return this.#lines;
  }
}
