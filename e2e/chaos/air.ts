import type { Random } from './random.ts';

/** One end of a connection between two phones. */
interface End {
  readonly mark: string;
  /** Told that a device has lost its network or has it back. */
  watch(): void;
}

/** The direct network between phones, which does not lead through the server; links find each other in it. */
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

  /** Decides at random whether a message that may be lost arrives. */
  isLucky(): boolean {
    return this.#random.chance(0.5);
  }

  networkChanged(): void {
    for (const link of this.#links.values()) link.watch();
  }
}
