import type { UserId } from '../../../../protocol/ids.ts';
import type { Row } from './contact-rows.ts';

/** The row of the list that the keyboard is in. It follows its person when the order changes. */
export class ListCursor {
  #userId = $state<UserId | null>(null);
  /** The row's last position, to which the cursor goes when the person is removed. */
  #at = $state(0);
  readonly #rows: () => readonly Row[];

  constructor(rows: () => readonly Row[]) {
    this.#rows = rows;
  }

  get index(): number {
    const rows = this.#rows();
    const index = rows.findIndex(({ contact }) => contact.userId === this.#userId);
    return index === -1 ? Math.max(0, Math.min(this.#at, rows.length - 1)) : index;
  }

  moveTo(index: number): void {
    this.#at = index;
    this.#userId = this.#rows()[index]?.contact.userId ?? null;
  }
}
