import { steadyNow } from '../../ipc/steady-now.ts';
import type { MessageId, UserId } from '../../../protocol/ids.ts';
import { isMessageText, toMessageText } from '../../../protocol/chat/message-text.ts';
import type { FoundMessage, Message, MessagePosition } from '../../../protocol/chat/message.ts';
import type { ServerPayload } from '../../../protocol/events.ts';
import type { CommandResult } from '../../ipc/protocol.ts';
import type { Snapshot } from '../../ipc/slices.ts';
import type { KeyValueStore } from '../../host/key-value-store.ts';
import type { Ask } from '../connection/ask.ts';
import type { Signaling } from '../connection/signaling.ts';
import { Announcing } from './announcing.ts';
import { Drafts } from './drafts.ts';
import { keepEqual } from '../keep-equal.ts';
import type { Log } from '../log-ring.ts';
import { OpenConversations } from './open-conversations.ts';
import { Outbox } from './outbox.ts';
import type { SnapshotStore } from '../snapshot-store.ts';
import { forgetMessages, loadMessages, saveMessages } from './stored-messages.ts';
import { UnreadMessages } from './unread-messages.ts';

interface Options {
  /** Null while nobody is signed in. */
  signaling: () => Signaling | null;
  ask: Ask;
  database: Pick<KeyValueStore, 'get' | 'set' | 'delete'>;
  store: Pick<SnapshotStore, 'current' | 'update'>;
  /** A notification tells of a new message from now on. */
  onAnnounced: () => void;
  log: Log;
}

/** Milliseconds between two typing hints for one person; well below how long one holds. */
const HINT_EVERY = 3_000;

const done = { ok: true } as const;

/** The text messages of this phone: open conversations, unread counts, messages in transit and what was typed. */
export class Messages {
  readonly #options: Options;
  readonly #open = new OpenConversations(() => {
    this.#show();
  });
  readonly #unread = new UnreadMessages();
  readonly #announcing = new Announcing((userId) => {
    const announced = this.#unread.announce(userId, this.#mayNotify);
    this.#show();
    if (announced) this.#options.onAnnounced();
    return announced;
  });
  readonly #drafts = new Drafts(() => {
    this.#save();
  });
  readonly #outbox: Outbox;
  readonly #hinted = new Map<UserId, number>();
  /** Whose messages these are. */
  #owner: UserId | null = null;
  #willShow = false;

  constructor(options: Options) {
    this.#options = options;
    this.#outbox = new Outbox({
      send: ({ id, to, text }) => options.signaling()?.request('message:send', { id, to, text }) ?? null,
      onTaken: ({ id, to, text }, at) => {
        this.#open.add(to, { id, from: this.#owner ?? '', at, text, mark: 'sent' });
        this.#changed();
      },
      onChange: () => {
        this.#changed();
      },
    });
  }

  /** Listens to a new connection. */
  attach(signaling: Signaling): void {
    signaling.on('session:ready', (ready) => {
      this.#ready(ready).catch(() => {
        this.#options.log('messages-unreadable');
      });
    });
    // Names, and who has an account at all, may have changed with the list.
    signaling.on('contact:changed', () => {
      this.#show();
    });
    signaling.on('contact:removed', () => {
      this.#show();
    });
    signaling.on('message:new', ({ userId, message }) => {
      this.#received(userId, message);
    });
    signaling.on('message:marks', (marks) => {
      this.#open.mark(marks);
    });
    signaling.on('message:seen', (position) => {
      this.#unread.read(position);
      this.#show();
    });
    signaling.on('message:typing', ({ userId }) => {
      this.#open.typing(userId, true);
    });
  }

  /** A view shows the conversation with somebody: loads its newest messages, and returns the draft. */
  open(userId: UserId): CommandResult<{ draft: string }> {
    this.#open.open(userId);
    this.#options.store.update({ wantedConversation: null });
    void this.#loadNewest(userId);
    return { ...done, draft: this.#drafts.of(userId) };
  }

  /** The popup is to show the conversation with somebody when it opens. */
  want(userId: UserId): CommandResult {
    this.#options.store.update({ wantedConversation: userId });
    return done;
  }

  async earlier(userId: UserId): Promise<CommandResult> {
    const before = this.#open.oldest(userId);
    if (before === undefined) return done;
    const page = await this.#page(userId, { before });
    if (page.ok) this.#open.earlier(userId, page);
    return page.ok ? done : page;
  }

  draftTo(userId: UserId): string {
    return this.#drafts.of(userId);
  }

  /** Keeps what was typed and, unless it is hidden, tells the other person that this one is typing. */
  draft(userId: UserId, text: string, hidden = false): CommandResult {
    const before = this.#drafts.of(userId);
    this.#drafts.keep(userId, text);
    if (!hidden && text.trim() !== '' && text !== before) this.#hint(userId);
    return done;
  }

  send(to: UserId, typed: string): CommandResult {
    const { store } = this.#options;
    const text = toMessageText(typed);
    if (!isMessageText(text)) return { ok: false, code: 'bad-request' };
    // A quick reply is sent beside a draft, which stays.
    if (toMessageText(this.#drafts.of(to)) === text) this.#drafts.keep(to, '');
    this.#hinted.delete(to);
    this.#outbox.add({
      id: crypto.randomUUID(),
      to,
      text,
      at: Date.now() - store.current.clockAhead,
      problem: null,
    });
    return done;
  }

  retry(id: MessageId): CommandResult {
    return this.#outbox.retry(id) ? done : { ok: false, code: 'not-found' };
  }

  discard(id: MessageId): CommandResult {
    return this.#outbox.discard(id) ? done : { ok: false, code: 'not-found' };
  }

  /** The person has seen somebody's messages up to a time. */
  read(position: MessagePosition): CommandResult {
    this.#unread.read(position);
    this.#show();
    void this.#options.signaling()?.request('message:read', position);
    return done;
  }

  dismissNotice(notice: MessagePosition): CommandResult {
    this.#unread.dismiss(notice);
    this.#show();
    return done;
  }

  search(query: string): Promise<CommandResult<{ found: FoundMessage[]; more: boolean }>> {
    return this.#options.ask('message:search', { query });
  }

  /** Counts a person's unsent messages and drafts, also if no connection has been up since this phone started. */
  async countUnsent(userId: UserId): Promise<{ messages: number; drafts: number }> {
    const stored = this.#owner === null ? await loadMessages(this.#options.database, userId) : null;
    return {
      messages: (stored?.unsent ?? this.#outbox.all).length,
      drafts: Object.keys(stored?.drafts ?? this.#drafts.all).length,
    };
  }

  /**
   * Nobody is signed in here any more. `forget`: what was written is deleted, because the person has chosen to sign
   * out.
   */
  stop({ forget }: { forget: boolean }): void {
    this.#owner = null;
    this.#outbox.reset([]);
    this.#drafts.reset({});
    this.#unread.clear();
    this.#announcing.clear();
    this.#open.clear();
    this.#show();
    if (forget) this.#attempt(forgetMessages(this.#options.database));
  }

  async #ready({ account, unread }: ServerPayload<'session:ready'>): Promise<void> {
    if (this.#owner !== account.userId) {
      this.#owner = account.userId;
      const stored = await loadMessages(this.#options.database, account.userId);
      this.#drafts.reset(stored?.drafts ?? {});
      this.#outbox.reset(stored?.unsent ?? []);
    }
    if (this.#unread.replace(unread, this.#mayNotify)) this.#options.onAnnounced();
    const upTo = unread.map(({ userId, at }) => ({ userId, at }));
    if (upTo.length > 0) void this.#options.signaling()?.request('message:delivered', { upTo });
    for (const userId of this.#open.userIds) void this.#loadNewest(userId);
    this.#outbox.resume();
    this.#show();
  }

  #received(userId: UserId, message: Message): void {
    this.#open.add(userId, message);
    if (message.from !== userId || !this.#unread.add(message)) return;
    this.#open.typing(userId, false);
    const position = { userId, at: message.at };
    void this.#options.signaling()?.request('message:delivered', { upTo: [position] });
    this.#announcing.arrived(userId);
    this.#show();
  }

  get #mayNotify(): boolean {
    const { session } = this.#options.store.current;
    return session.kind !== 'signed-in' || session.presence.status !== 'do-not-disturb';
  }

  async #loadNewest(userId: UserId): Promise<void> {
    const page = await this.#page(userId, {});
    if (page.ok) this.#open.newest(userId, page);
  }

  async #page(
    userId: UserId,
    before: { before?: number },
  ): Promise<CommandResult<{ messages: Message[]; more: boolean }>> {
    this.#open.loading(userId, 'yes');
    const page = await this.#options.ask('message:page', { userId, ...before });
    if (!page.ok) this.#open.loading(userId, 'failed');
    return page;
  }

  #hint(userId: UserId): void {
    const signaling = this.#options.signaling();
    const now = steadyNow();
    if (!signaling?.online || now - (this.#hinted.get(userId) ?? 0) < HINT_EVERY) return;
    this.#hinted.set(userId, now);
    // A hint that comes late is wrong: it is not repeated on a later connection.
    void signaling.request('message:typing', { userId }, AbortSignal.timeout(HINT_EVERY));
  }

  #changed(): void {
    this.#save();
    this.#show();
  }

  #save(): void {
    if (this.#owner === null) return;
    const stored = { owner: this.#owner, unsent: [...this.#outbox.all], drafts: this.#drafts.all };
    this.#attempt(saveMessages(this.#options.database, stored));
  }

  #attempt(work: Promise<void>): void {
    work.catch(() => {
      this.#options.log('messages-not-kept');
    });
  }

  /** Shows all that happens in one turn at once, because a message changes what is open, unread and typed. */
  #show(): void {
    if (this.#willShow) return;
    this.#willShow = true;
    queueMicrotask(() => {
      this.#willShow = false;
      this.#showNow();
    });
  }

  #showNow(): void {
    const { store } = this.#options;
    const { all, sendsAgainAt } = this.#outbox;
    const outgoingTo = (userId: UserId) => {
      const unsent = all
        .filter(({ to }) => to === userId)
        .map(({ id, text, at, problem }) => ({ id, text, at, problem }));
      const waits = unsent.some(({ problem }) => problem === null);
      return { unsent, sendsAgainAt: waits ? sendsAgainAt : null };
    };
    const now: Pick<Snapshot, 'conversations' | 'unread' | 'announced'> = {
      conversations: this.#open.view(outgoingTo),
      unread: this.#unread.view(store.current.contacts),
      announced: this.#unread.announced,
    };
    store.update({
      conversations: keepEqual(store.current.conversations, now.conversations),
      unread: keepEqual(store.current.unread, now.unread),
      announced: keepEqual(store.current.announced, now.announced),
    });
  }
}
