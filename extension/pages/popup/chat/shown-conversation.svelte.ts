import type { UserId } from '../../../../protocol/ids.ts';

/** With whom the popup shows the conversation, in place of the list. */
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
