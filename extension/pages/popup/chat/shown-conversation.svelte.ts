import type { UserId } from '../../../../protocol/ids.ts';

/** The person whose conversation the popup shows instead of the list. */
export class ShownConversation {
  #userId = $state.raw<UserId | null>(null);
  readonly #onChange: (userId: UserId | null) => void;

  /**
   * @param first whose conversation is shown first; null: the list.
   * @param onChange hears whose conversation is shown from now on; null: the list.
   */
  constructor(first: UserId | null, onChange: (userId: UserId | null) => void) {
    this.#userId = first;
    this.#onChange = onChange;
  }

  get userId(): UserId | null {
    return this.#userId;
  }

  open(userId: UserId): void {
    this.#userId = userId;
    this.#onChange(userId);
  }

  close(): void {
    this.#userId = null;
    this.#onChange(null);
  }
}
