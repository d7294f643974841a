import type { Random } from './random.ts';

/** One end of a connection between two phones. */
interface End {
  readonly mark: string;
  /** Some device's network is gone or back. */
  watch(): void;
}

/** What lies between phones beside the service: where their lines find each other. */
export class Air<L extends End> {
  readonly #lines = new Map<string, L>();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  add(line: L): void {
    this.#lines.set(line.mark, line);
  }

  remove(line: L): void {
    this.#lines.delete(line.mark);
  }

  find(mark: string): L | null {
    return this.#lines.get(mark) ?? null;
  }

  /** Whether something that may be lost arrives. */
  isLucky(): boolean {
    return this.#random.chance(0.5);
  }

  networkChanged(): void {
    for (const line of this.#lines.values()) line.watch();
  }
}
