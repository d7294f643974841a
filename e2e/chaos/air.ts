import type { Random } from './random.ts';

/** One end of a connection between two phones. */
interface End {
  readonly mark: string;
  /** Some device's network is gone or back. */
  watch(): void;
}

/** The network between phones, besides the service, in which their links find each other. */
export class Air<L extends End> {
  readonly #links = new Map<string, L>();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  add(link: L): void {
    this.#links.set(link.mark, link);
  }

  remove(link: L): void {
    this.#links.delete(link.mark);
  }

  find(mark: string): L | null {
    return this.#links.get(mark) ?? null;
  }

  /** Whether something that may be lost arrives. */
  isLucky(): boolean {
    return this.#random.chance(0.5);
  }

  networkChanged(): void {
    for (const link of this.#links.values()) link.watch();
  }
}
