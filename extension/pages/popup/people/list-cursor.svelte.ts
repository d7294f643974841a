import type { UserId } from '../../../../protocol/ids.ts';
import type { Row } from './contact-rows.ts';

/** Which row of the list the keyboard is in. It follows the person, however the list is sorted. */
export class ListCursor {
  #userId = $state<UserId | null>(null);
  /** Where that was: the place to go to when the person is gone. */
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
