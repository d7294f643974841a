import type { Logger } from 'pino';
import { refuse } from '../../protocol/events.ts';
import type { UserId } from '../../protocol/ids.ts';
import { LIMITS } from '../../protocol/limits.ts';
import type { Unread } from '../../protocol/chat/message.ts';
import { afterAnswer } from '../after-answer.ts';
import type { Emitter } from '../emitter.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { CreateLimiter } from '../limits/limiter.ts';
import type { Directory } from '../people/directory.ts';
import type { Handlers } from '../handlers.ts';
import type { MessageStore, Reading } from './message-store.ts';
import { createMessageRates } from './message-rates.ts';

interface MessagesDeps {
  store: MessageStore;
  directory: Pick<Directory, 'between'>;
  /** Whether somebody appears offline. */
  isHidden: (userId: UserId) => Promise<boolean>;
  announcer: Pick<Emitter, 'toPerson'>;
  log: Logger;
  clock: Pick<Clock, 'now'>;
  createLimiter: CreateLimiter;
  config: Pick<Config, 'messageBytesADay'>;
}

type MessageEvent = Extract<keyof Handlers, `message:${string}`>;

/** Text messages between contacts. */
export interface Messages {
  readonly handlers: Pick<Handlers, MessageEvent>;
  /** Unread messages of these people, for a phone that connects. */
  waiting(userId: UserId, contacts: readonly UserId[]): Promise<Unread[]>;
  /** Somebody may have become visible: marks that were held back for or from them go out. */
  release(userId: UserId): void;
}

/**
 * Who may write to whom, who is told, and who may know how far a message has come. A message from
 * somebody who is blocked is kept for them alone, so that nothing reveals the block. Whatever differs by visibility
 * is done after the answer.
 */
export const createMessages = (deps: MessagesDeps): Messages => {
  const { store, directory, announcer } = deps;
  const rates = createMessageRates(deps.createLimiter, deps.config.messageBytesADay);

  /** Whether the two may notice each other: nobody has blocked, and nobody hides. */
  const open = async (one: UserId, other: UserId): Promise<boolean> => {
    const { mine, theirs } = await directory.between(one, other);
    if (mine !== 'contact' || theirs !== 'contact') return false;
    return !(await deps.isHidden(one)) && !(await deps.isHidden(other));
  };

  const later = (work: () => Promise<void>): void => {
    afterAnswer(work, (error) => {
      deps.log.error({ err: error }, 'what a message led to was not told');
    });
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

  const release = (userId: UserId): void => {
    later(async () => {
      if (await deps.isHidden(userId)) return;
      for (const reading of await store.untold(userId)) await tell(reading);
    });
  };

  const handlers: Messages['handlers'] = {
    async 'message:send'({ userId: from, instanceId }, { id, to, text }) {
      await rates('send', from, text);
      const { mine, theirs } = await directory.between(from, to);
      // Blocking works both ways: the blocker cannot write to the blocked person either.
      if (mine === 'none' || theirs === 'blocked') return refuse('not-allowed');
      const withheld = mine === 'blocked';
      const { at, added } = await store.add({ id, from, to, text, withheld, now: deps.clock.now() });
      if (added) {
        const message = { id, from, at, text };
        const own = { userId: to, message: { ...message, mark: 'sent' } } as const;
        announcer.toPerson(from, 'message:new', own, [instanceId]);
        if (!withheld) {
          later(() => {
            announcer.toPerson(to, 'message:new', {
              userId: from,
              message: { ...message, mark: 'delivered' },
            });
            return Promise.resolve();
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
      const changed: Reading[] = [];
      for (const { userId: sender, at } of upTo) {
        const reading = { reader, sender };
        if (await store.advance(reading, { at, mark: 'delivered' })) changed.push(reading);
      }
      later(async () => {
        for (const reading of changed) await tell(reading);
      });
      return { ok: true };
    },

    async 'message:read'({ userId: reader, instanceId }, { userId: sender, at }) {
      await rates('read', reader);
      const reading = { reader, sender };
      if (await store.advance(reading, { at, mark: 'read' })) {
        announcer.toPerson(reader, 'message:seen', { userId: sender, at }, [instanceId]);
        later(() => tell(reading));
      }
      return { ok: true };
    },

    async 'message:typing'({ userId: from }, { userId: to }) {
      await rates('read', from);
      const { mine } = await directory.between(from, to);
      if (mine === 'none') return refuse('not-allowed');
      later(async () => {
        if (await open(from, to)) announcer.toPerson(to, 'message:typing', { userId: from });
      });
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
      const visible = new Set(contacts);
      const unread = await store.unread(userId);
      return unread.filter((each) => visible.has(each.userId));
    },
  };
};
