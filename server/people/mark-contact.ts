import { refuse, type Ack } from '../../protocol/events.ts';
import type { ContactMark } from '../../protocol/people/marks.ts';
import type { Sender } from '../sender.ts';
import type { Emitter } from '../emitter.ts';
import type { MarkStore } from './mark-store.ts';
import type { Directory } from './directory.ts';

interface MarkContactDeps {
  marks: Pick<MarkStore, 'mark'>;
  directory: Pick<Directory, 'between'>;
  announcer: Pick<Emitter, 'toPerson'>;
}

/** Handles `contact:mark`: kept, and told to the person's other phones. */
export const createMarkContact =
  ({ marks, directory, announcer }: MarkContactDeps) =>
  async ({ userId, instanceId }: Sender, mark: ContactMark): Promise<Ack<object>> => {
    // `blocked` counts as in the list: a blocked person must not notice.
    const { mine } = await directory.between(userId, mark.userId);
    if (mine === 'none') return refuse('not-found');
    const { favourite, ringsThrough } = mark;
    await marks.mark(userId, mark.userId, { favourite, ringsThrough });
    announcer.toPerson(userId, 'contact:marked', mark, [instanceId]);
    return { ok: true };
  };
