import type { UserId } from '../../../../protocol/ids.ts';

/** The person whose conversation the popup shows instead of the list. */
export class ShownConversation {
  #userId = $state.raw<UserId | null>(null);

  get userId(): UserId | null {
    return this.#userId;
  }

  open(userId: UserId): void {
    this.#userId = userId;
  }

  close(): void {
    this.#userId = null;
  }
}
