import type { UserId } from '../../../protocol/ids.ts';
import { TIMES } from '../../../protocol/limits.ts';
import type { Message, MessageMarks } from '../../../protocol/chat/message.ts';
import type { ConversationView } from '../../ipc/conversation-view.ts';
import { withMarks, withMessages } from './conversation.ts';

/** What is on its way to somebody. */
type Outgoing = Pick<ConversationView, 'unsent' | 'sendsAgainAt'>;
type Loaded = Omit<ConversationView, keyof Outgoing | 'typing'>;

/** How many conversations are kept as they are: more than there are views. */
const KEPT = 4;

/** The conversations that views have opened lately, and who is typing to this person right now. */
export class OpenConversations {
  /** The one opened last is last. */
  readonly #open = new Map<UserId, Loaded>();
  readonly #typing = new Map<UserId, ReturnType<typeof setTimeout>>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get userIds(): UserId[] {
    return [...this.#open.keys()];
  }

  open(userId: UserId): void {
    const known = this.#open.get(userId) ?? { userId, messages: [], more: false, loading: 'no' };
    this.#open.delete(userId);
    this.#open.set(userId, known);
    for (const oldest of this.userIds.slice(0, -KEPT)) this.#open.delete(oldest);
  }

  /** The time before which earlier messages are to be asked for. */
  oldest(userId: UserId): number | undefined {
    return this.#open.get(userId)?.messages[0]?.at;
  }

  loading(userId: UserId, loading: ConversationView['loading']): void {
    this.#change(userId, { loading });
  }

  /** The newest page came. If it does not reach the known messages, they are dropped, so that no gap is hidden. */
  newest(userId: UserId, page: { messages: Message[]; more: boolean }): void {
    const known = this.#open.get(userId)?.messages ?? [];
    const first = page.messages[0]?.at ?? 0;
    const gap = page.more && (known.at(-1)?.at ?? 0) < first;
    const older = !gap && (known[0]?.at ?? first) < first;
    this.#change(userId, {
      messages: withMessages(gap ? [] : known, page.messages),
      ...(older ? {} : { more: page.more }),
      loading: 'no',
    });
  }

  earlier(userId: UserId, page: { messages: Message[]; more: boolean }): void {
    const known = this.#open.get(userId)?.messages ?? [];
    this.#change(userId, { messages: withMessages(page.messages, known), more: page.more, loading: 'no' });
  }

  add(userId: UserId, message: Message): void {
    const known = this.#open.get(userId)?.messages ?? [];
    this.#change(userId, { messages: withMessages(known, [message]) });
  }

  mark({ userId, ...marks }: MessageMarks): void {
    const known = this.#open.get(userId)?.messages ?? [];
    this.#change(userId, { messages: withMarks(known, marks) });
  }

  /** A hint that somebody is typing holds for a while, unless it is taken back. */
  typing(userId: UserId, typing: boolean): void {
    clearTimeout(this.#typing.get(userId));
    this.#typing.delete(userId);
    if (typing) {
      const over = setTimeout(() => {
        this.typing(userId, false);
      }, TIMES.typing);
      this.#typing.set(userId, over);
    }
    this.#onChange();
  }

  clear(): void {
    for (const timer of this.#typing.values()) clearTimeout(timer);
    this.#typing.clear();
    this.#open.clear();
  }

  view(outgoing: (userId: UserId) => Outgoing): ConversationView[] {
    return [...this.#open.values()].map((each) => ({
      ...each,
      ...outgoing(each.userId),
      typing: this.#typing.has(each.userId),
    }));
  }

  #change(userId: UserId, change: Partial<Loaded>): void {
    const known = this.#open.get(userId);
    if (!known) return;
    this.#open.set(userId, { ...known, ...change });
    this.#onChange();
  }
}
