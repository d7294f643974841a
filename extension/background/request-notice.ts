import * as z from 'zod';
import type { BackgroundSnapshot } from '../messaging/snapshot.ts';
import type { Notification } from '../platform/notifications.ts';

/** Id of the one notification that says who asks to become a contact. */
export const REQUEST_NOTICE = 'request';
const KEY = 'request-shown-until';

interface Options {
  store: { get(key: string): Promise<unknown>; set(key: string, value: unknown): Promise<void> };
  show: (id: string, notification: Notification) => Promise<void>;
  clear: (id: string) => Promise<void>;
  message: (key: string, substitution?: string) => string;
}

/** Says once, quietly, who asks to become a contact; takes it back when all requests are answered. */
export interface RequestNotice {
  /** Call at each change of the phone's state. */
  consider(snapshot: BackgroundSnapshot): Promise<void>;
}

/** Until which request was said is stored: the worker forgets, and an answer to a newer one must not say an older again. */
export const createRequestNotice = ({ store, show, clear, message }: Options): RequestNotice => ({
  async consider({ session, people }) {
    const [newest] = people.pending.incoming;
    if (session.kind === 'starting') return;
    if (session.kind === 'signed-out' || !newest) {
      await clear(REQUEST_NOTICE);
      return;
    }
    if (session.presence.status === 'do-not-disturb') return;
    const said = z
      .number()
      .catch(0)
      .parse(await store.get(KEY));
    if (newest.at <= said) return;
    await store.set(KEY, newest.at);
    await show(REQUEST_NOTICE, {
      title: message('contactRequestFrom', newest.displayName),
      message: message('contactRequestHelp'),
      buttons: [],
      quiet: true,
    });
  },
});
