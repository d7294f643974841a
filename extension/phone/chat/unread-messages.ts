import type { UserId } from '../../../protocol/ids.ts';
import { LIMITS } from '../../../protocol/limits.ts';
import type { Message, MessagePosition, Unread } from '../../../protocol/chat/message.ts';
import type { Person } from '../../../protocol/presence/presence.ts';
import type { UnreadView } from '../../ipc/conversation-view.ts';

interface Entry extends Unread {
  /** When the newest message came of which a notification tells; null: none does. */
  notice: number | null;
}

/** How much is unread, from whom, and whose messages a notification announces. */
export class UnreadMessages {
  readonly #entries = new Map<UserId, Entry>();
  /** Up to which message of somebody a notification has been decided on. */
  readonly #announced = new Map<UserId, number>();

  /** As the server tells it at a connection. `notify`: whether what is new may be announced. Answers whether it was. */
  replace(unread: readonly Unread[], notify: boolean): boolean {
    const before = new Map(this.#entries);
    this.#entries.clear();
    for (const each of unread) {
      this.#entries.set(each.userId, { ...each, notice: before.get(each.userId)?.notice ?? null });
    }
    return unread.map(({ userId }) => this.announce(userId, notify)).includes(true);
  }

  /** A message came. False when it is known already. */
  add({ from, at }: Pick<Message, 'from' | 'at'>): boolean {
    const known = this.#entries.get(from);
    if (known && known.at >= at) return false;
    const count = Math.min((known?.count ?? 0) + 1, LIMITS.unreadCount);
    this.#entries.set(from, { userId: from, count, at, notice: known?.notice ?? null });
    return true;
  }

  /**
   * Lets a notification tell of what is still unread, if it is `wanted` and has not been told of before. Answers
   * whether it does.
   */
  announce(userId: UserId, wanted: boolean): boolean {
    const entry = this.#entries.get(userId);
    if (!entry || (this.#announced.get(userId) ?? 0) >= entry.at) return false;
    this.#announced.set(userId, entry.at);
    if (wanted) entry.notice = entry.at;
    return wanted;
  }

  /** The person has dismissed a notification. One that a later message has replaced says nothing about that message. */
  dismiss({ userId, at }: MessagePosition): void {
    const entry = this.#entries.get(userId);
    if (entry?.notice === at) entry.notice = null;
  }

  read({ userId, at }: MessagePosition): void {
    const entry = this.#entries.get(userId);
    if (entry && entry.at <= at) this.#entries.delete(userId);
  }

  clear(): void {
    this.#entries.clear();
    this.#announced.clear();
  }

  /** Up to which message of whom a notification tells. */
  get announced(): MessagePosition[] {
    return [...this.#entries.values()].flatMap(({ userId, notice }) =>
      notice === null ? [] : [{ userId, at: notice }],
    );
  }

  /** The unread messages of contacts: those of others could not be opened. */
  view(contacts: readonly Person[]): UnreadView[] {
    return contacts.flatMap(({ userId, displayName }) => {
      const entry = this.#entries.get(userId);
      return entry ? [{ userId, name: displayName, count: entry.count }] : [];
    });
  }
}
