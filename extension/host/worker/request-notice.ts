import * as z from 'zod';
import { LIMITS, TIMES } from '../../../protocol/limits.ts';
import type { BackgroundSnapshot } from '../../ipc/slices.ts';
import type { Notification } from '../notifications.ts';

/** Id of the one notification that says that somebody asks to become a contact. */
export const REQUEST_NOTICE = 'request';
const KEY = 'requests-announced';

const announcedSchema = z.array(z.strictObject({ userId: z.string(), at: z.number() })).catch([]);

interface Options {
  store: { get(key: string): Promise<unknown>; set(key: string, value: unknown): Promise<void> };
  show: (id: string, notification: Notification) => Promise<void>;
  clear: (id: string) => Promise<void>;
  message: (key: string) => string;
}

/**
 * A silent notification that somebody asks to become a contact, withdrawn when all requests are answered. It shows
 * nothing that the stranger wrote, their name included. Nobody is announced twice
 * in 30 days, however often they withdraw the request and send it again.
 */
export interface RequestNotice {
  /** Call at each change of the phone's state. */
  consider(snapshot: BackgroundSnapshot): Promise<void>;
}

/** Who was announced is stored: the worker forgets, and would announce them again. */
export const createRequestNotice = ({ store, show, clear, message }: Options): RequestNotice => ({
  async consider({ session, people }) {
    const { incoming } = people.pending;
    if (session.kind === 'starting') return;
    if (session.kind === 'signed-out' || incoming.length === 0) {
      await clear(REQUEST_NOTICE);
      return;
    }
    if (session.presence.status === 'do-not-disturb') return;
    const announced = announcedSchema.parse(await store.get(KEY));
    const fresh = incoming.filter(
      ({ userId, at }) => !announced.some((one) => one.userId === userId && at < one.at + TIMES.declined),
    );
    if (fresh.length === 0) return;
    const renewed = new Set(fresh.map(({ userId }) => userId));
    const kept = announced.filter(({ userId }) => !renewed.has(userId));
    const added = fresh.map(({ userId, at }) => ({ userId, at }));
    await store.set(KEY, [...added, ...kept].slice(0, ANNOUNCED_KEPT));
    await show(REQUEST_NOTICE, {
      title: message('contactRequestNotice'),
      message: message('contactRequestHelp'),
      buttons: [],
      quiet: true,
    });
  },
});

/** More than are shown at once: those who withdraw theirs must not push one another out. */
const ANNOUNCED_KEPT = 10 * LIMITS.requests;
