import { refuse } from '../../protocol/events.ts';
import type { UserId } from '../../protocol/ids.ts';
import { LIMITS } from '../../protocol/limits.ts';
import type { Unread } from '../../protocol/message.ts';
import type { CallEmitter } from '../calls/ports.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../contacts/directory.ts';
import type { Handlers } from '../sockets/receive.ts';
import type { MessageStore, Position, Reading } from '../store/message-store.ts';
import type { MessageRates } from './message-rates.ts';

interface MessagesDeps {
  store: MessageStore;
  directory: Pick<Directory, 'relation'>;
  /** Whether somebody appears offline. */
  isHidden: (userId: UserId) => Promise<boolean>;
  announcer: Pick<CallEmitter, 'toPerson'>;
  clock: Pick<Clock, 'now'>;
  rates: MessageRates;
}

type MessageEvent = Extract<keyof Handlers, `message:${string}`>;

/** Text messages between contacts. */
export interface Messages {
  readonly handlers: Pick<Handlers, MessageEvent>;
  /** Unread messages of these people, for a phone that connects; releases what waited for its person. */
  waiting(userId: UserId, contacts: readonly UserId[]): Promise<Unread[]>;
  /** Somebody may have become visible: marks that were held back for or from them go out. */
  release(userId: UserId): Promise<void>;
}

/**
 * Who may write to whom, who hears of it, and who may know how far a message has come. What somebody
 * who is blocked sends is kept for themselves alone, so that nothing tells them.
 */
export const createMessages = (deps: MessagesDeps): Messages => {
  const { store, directory, announcer, rates } = deps;

  /** Whether the two may notice each other: nobody has blocked, and nobody hides. */
  const open = async (one: UserId, other: UserId): Promise<boolean> => {
    const relations = [await directory.relation(one, other), await directory.relation(other, one)];
    if (relations.some((relation) => relation !== 'contact')) return false;
    return !(await deps.isHidden(one)) && !(await deps.isHidden(other));
  };

  const tell = async (reading: Reading): Promise<void> => {
    if (!(await open(reading.reader, reading.sender))) return;
    const told = await store.tell(reading);
    for (const mark of ['delivered', 'read'] as const) {
      const ids = told[mark];
      if (ids.length === 0) continue;
      announcer.toPerson(reading.sender, 'message:marks', { userId: reading.reader, mark, ids });
    }
  };

  const advance = async (reading: Reading, position: Position): Promise<boolean> => {
    const changed = await store.advance(reading, position);
    if (changed) await tell(reading);
    return changed;
  };

  const release = async (userId: UserId): Promise<void> => {
    if (await deps.isHidden(userId)) return;
    for (const reading of await store.untold(userId)) await tell(reading);
  };

  const handlers: Messages['handlers'] = {
    async 'message:send'({ userId: from, instanceId }, { id, to, text }) {
      await rates('send', from);
      const relation = await directory.relation(from, to);
      const theirs = await directory.relation(to, from);
      // Who has blocked somebody does not write to them either.
      if (relation === 'none' || theirs === 'blocked') return refuse('not-allowed');
      const withheld = relation === 'blocked';
      const { at, added } = await store.add({ id, from, to, text, withheld, now: deps.clock.now() });
      if (added) {
        const message = { id, from, at, text };
        const own = { userId: to, message: { ...message, mark: 'sent' } } as const;
        announcer.toPerson(from, 'message:new', own, [instanceId]);
        if (!withheld) {
          announcer.toPerson(to, 'message:new', {
            userId: from,
            message: { ...message, mark: 'delivered' },
          });
        }
      }
      return { ok: true, at };
    },

    async 'message:page'({ userId }, { userId: other, before }) {
      await rates('read', userId);
      const limit = LIMITS.messagesPerPage;
      const page = await store.page(userId, other, { limit, ...(before !== undefined && { before }) });
      return { ok: true, messages: page.items, more: page.more };
    },

    async 'message:delivered'({ userId: reader }, { upTo }) {
      await rates('read', reader);
      for (const { userId: sender, at } of upTo) await advance({ reader, sender }, { at, mark: 'delivered' });
      return { ok: true };
    },

    async 'message:read'({ userId: reader, instanceId }, { userId: sender, at }) {
      await rates('read', reader);
      if (await advance({ reader, sender }, { at, mark: 'read' })) {
        announcer.toPerson(reader, 'message:seen', { userId: sender, at }, [instanceId]);
      }
      return { ok: true };
    },

    async 'message:typing'({ userId: from }, { userId: to }) {
      await rates('read', from);
      if ((await directory.relation(from, to)) === 'none') return refuse('not-allowed');
      if (await open(from, to)) announcer.toPerson(to, 'message:typing', { userId: from });
      return { ok: true };
    },

    async 'message:search'({ userId }, { query }) {
      await rates('search', userId);
      const { items, more } = await store.search(userId, query, LIMITS.messagesPerPage);
      return { ok: true, found: items, more };
    },
  };

  return {
    handlers,
    release,
    async waiting(userId, contacts) {
      await release(userId);
      const visible = new Set(contacts);
      const unread = await store.unread(userId);
      return unread.filter((each) => visible.has(each.userId));
    },
  };
};
