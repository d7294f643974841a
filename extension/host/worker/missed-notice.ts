import type { BackgroundSnapshot } from '../../ipc/slices.ts';
import type { Notification } from '../notifications.ts';

/** Id of the one notification that says what was missed. */
export const MISSED_NOTICE = 'missed';
const KEY = 'missed-call-shown';

interface Options {
  store: { get(key: string): Promise<unknown>; set(key: string, value: unknown): Promise<void> };
  show: (id: string, notification: Notification) => Promise<void>;
  clear: (id: string) => Promise<void>;
  message: (key: string, substitution?: string) => string;
}

/** Says once, quietly, who was missed; takes it back when the person has looked, on whichever device. */
export interface MissedNotice {
  /** Call at each change of the phone's state. */
  consider(snapshot: BackgroundSnapshot): Promise<void>;
}

/** Which call was said last is stored: the worker forgets, and saying it again would undo its dismissal. */
export const createMissedNotice = ({ store, show, clear, message }: Options): MissedNotice => ({
  async consider({ session, history: { missed } }) {
    if (session.kind === 'signed-out' || missed?.count === 0) {
      await clear(MISSED_NOTICE);
      return;
    }
    // Announced later: neither before anything is known, nor while the person wants no notifications.
    if (session.kind !== 'signed-in' || session.presence.status === 'do-not-disturb') return;
    if (!missed?.latest || (await store.get(KEY)) === missed.latest.callId) return;
    const { callId, person, media } = missed.latest;
    await store.set(KEY, callId);
    await show(MISSED_NOTICE, {
      title: person ? message('missedCallFrom', person.displayName) : message('missedCall'),
      message: [
        ...(person ? [`@${person.username}`] : []),
        missed.count > 1
          ? message('missedCalls', String(missed.count))
          : message(media === 'video' ? 'notificationVideo' : 'notificationAudio'),
      ].join(' · '),
      buttons: [],
      quiet: true,
    });
  },
});
