import type { UserId } from '../../../protocol/ids.ts';
import { steadyNow } from '../../ipc/steady-now.ts';

/** Milliseconds in which a view that shows the conversation may read a message before a notification tells of it. */
const ANNOUNCE_AFTER = 1_000;
/** Milliseconds between two announcements of one person's messages, so that a flurry is one. */
const ANNOUNCE_EVERY = 4_000;

/** When somebody's new messages are announced. */
export class Announcing {
  readonly #timers = new Map<UserId, ReturnType<typeof setTimeout>>();
  readonly #last = new Map<UserId, number>();
  readonly #announce: (userId: UserId) => boolean;

  /** @param announce announces what is new from somebody; answers whether anything was */
  constructor(announce: (userId: UserId) => boolean) {
    this.#announce = announce;
  }

  /** A message came: it is announced soon, together with those that come until then. */
  arrived(userId: UserId): void {
    if (this.#timers.has(userId)) return;
    const next = (this.#last.get(userId) ?? -Infinity) + ANNOUNCE_EVERY;
    const timer = setTimeout(
      () => {
        this.#timers.delete(userId);
        if (this.#announce(userId)) this.#last.set(userId, steadyNow());
      },
      Math.max(ANNOUNCE_AFTER, next - steadyNow()),
    );
    this.#timers.set(userId, timer);
  }

  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#last.clear();
  }
}
