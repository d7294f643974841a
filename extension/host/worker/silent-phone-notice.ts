import type { ConnectionProblem } from '../../ipc/snapshot.ts';
import type { BackgroundSnapshot } from '../../ipc/slices.ts';
import type { Notification } from '../notifications.ts';

/** Id of the one notification that says that this phone cannot ring. */
export const SILENT_PHONE_NOTICE = 'silent-phone';
const KEY = 'silent-phone-said';

/** Problems that do not pass by themselves, and their texts: somebody has to act. */
const TEXTS: Partial<Record<ConnectionProblem, string>> = {
  'version-too-old': 'problemVersionTooOld',
  'version-too-new': 'problemVersionTooNew',
  'origin-refused': 'problemOriginRefused',
  'websocket-blocked': 'problemWebsocketBlocked',
  superseded: 'problemSuperseded',
};

interface Options {
  store: { get(key: string): Promise<unknown>; set(key: string, value: unknown): Promise<void> };
  show: (id: string, notification: Notification) => Promise<void>;
  clear: (id: string) => Promise<void>;
  message: (key: string) => string;
}

/**
 * Says that nobody can call this phone, and why, until it is connected again. Without it the person would find out
 * from those who tried.
 */
export interface SilentPhoneNotice {
  /** Call at each change of the phone's state. */
  consider(snapshot: Pick<BackgroundSnapshot, 'session'>): Promise<void>;
}

/** What was said is stored: the worker forgets, and saying it again would undo its dismissal. */
export const createSilentPhoneNotice = ({ store, show, clear, message }: Options): SilentPhoneNotice => ({
  async consider({ session }) {
    if (session.kind === 'starting') return;
    const connection = session.kind === 'signed-in' ? session.connection : null;
    // Between two attempts nothing has changed yet.
    if (connection?.kind === 'connecting') return;
    const problem = connection?.kind === 'offline' ? connection.problem : null;
    const text = problem === null ? undefined : TEXTS[problem];
    const said = await store.get(KEY);
    if (text === undefined) {
      // A server that is away for a while may still refuse this phone.
      if (problem !== null || typeof said !== 'string') return;
      await store.set(KEY, null);
      await clear(SILENT_PHONE_NOTICE);
      return;
    }
    if (said === text) return;
    await store.set(KEY, text);
    await show(SILENT_PHONE_NOTICE, { title: message('cannotRing'), message: message(text), buttons: [] });
  },
});
