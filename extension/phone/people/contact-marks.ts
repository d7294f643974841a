import type { ContactMark } from '../../../protocol/people/marks.ts';
import type { CommandResult } from '../../ipc/protocol.ts';
import type { Snapshot } from '../../ipc/snapshot.ts';
import type { Signaling } from '../connection/signaling.ts';
import { withMarks } from './contact-list.ts';

interface Options {
  signaling: () => Pick<Signaling, 'request'> | null;
  store: {
    readonly current: Pick<Snapshot, 'contacts'>;
    update(slices: Pick<Snapshot, 'contacts'>): void;
  };
}

/** How long a mark waits for the server, in milliseconds. */
const PATIENCE = 10_000;

/** Marks contacts at the server; the list shows a mark once the server has it. */
export const createMarkContact =
  ({ signaling, store }: Options) =>
  async (mark: ContactMark): Promise<CommandResult> => {
    const connection = signaling();
    if (!connection) return { ok: false, code: 'signed-out' };
    const answer = await connection.request('contact:mark', mark, AbortSignal.timeout(PATIENCE));
    if (!answer.ok) return { ok: false, code: answer.code };
    store.update({ contacts: withMarks(store.current.contacts, mark) });
    return { ok: true };
  };
