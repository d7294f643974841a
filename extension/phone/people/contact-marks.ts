import type { ContactMark } from '../../../protocol/people/marks.ts';
import type { CommandResult } from '../../ipc/protocol.ts';
import type { Snapshot } from '../../ipc/slices.ts';
import type { Ask } from '../connection/ask.ts';
import { withMarks } from './contact-list.ts';

interface Options {
  ask: Ask;
  store: {
    readonly current: Pick<Snapshot, 'contacts'>;
    update(slices: Pick<Snapshot, 'contacts'>): void;
  };
}

/** Marks contacts at the server; the list shows a mark once the server has it. */
export const createMarkContact =
  ({ ask, store }: Options) =>
  async (mark: ContactMark): Promise<CommandResult> => {
    const answer = await ask('contact:mark', mark);
    if (!answer.ok) return { ok: false, code: answer.code };
    store.update({ contacts: withMarks(store.current.contacts, mark) });
    return { ok: true };
  };
