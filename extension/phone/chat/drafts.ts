import type { UserId } from '../../../protocol/ids.ts';
import { LIMITS } from '../../../protocol/limits.ts';

/** Milliseconds without typing after which drafts are to be stored. */
const SETTLED = 300;
/** How many people's drafts are kept; the oldest go first. */
const KEPT = 50;

/** What was typed to whom and not sent. */
export class Drafts {
  #drafts = new Map<UserId, string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #onSettled: () => void;

  constructor(onSettled: () => void) {
    this.#onSettled = onSettled;
  }

  get all(): Record<UserId, string> {
    return Object.fromEntries(this.#drafts);
  }

  of(userId: UserId): string {
    return this.#drafts.get(userId) ?? '';
  }

  keep(userId: UserId, text: string): void {
    if (this.of(userId) === text) return;
    this.#drafts.delete(userId);
    if (text !== '') this.#drafts.set(userId, text.slice(0, LIMITS.messageLength * 2));
    for (const oldest of [...this.#drafts.keys()].slice(0, -KEPT)) this.#drafts.delete(oldest);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#onSettled, SETTLED);
  }

  reset(drafts: Record<UserId, string>): void {
    clearTimeout(this.#timer);
    this.#drafts = new Map(Object.entries(drafts));
  }
}
