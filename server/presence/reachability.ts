import type { CallDirectory } from '../calls/ports.ts';
import type { Directory } from '../contacts/directory.ts';
import type { LivePhones } from '../live/live-phones.ts';
import type { MarkStore } from '../store/mark-store.ts';
import type { Presence } from './presence.ts';

/**
 * Who may ring whom right now. One order of checks with one way to answer:
 * blocked, not a contact, appear offline or no phone, do not disturb; so that
 * no answer tells more than it should. Do not disturb gives way to whom the
 * person lets ring through.
 */
export const createCallDirectory = (deps: {
  directory: Pick<Directory, 'person' | 'relation'>;
  presence: Pick<Presence, 'chosen'>;
  phones: Pick<LivePhones, 'isOnline'>;
  marks: Pick<MarkStore, 'ringsThrough'>;
}): CallDirectory => ({
  person: (userId) => deps.directory.person(userId),
  async reachability(from, to) {
    const relation = await deps.directory.relation(from, to);
    if (relation === 'blocked') return 'blocked';
    if (relation === 'none') return (await deps.directory.person(to)) ? 'not-allowed' : 'nobody';
    const chosen = await deps.presence.chosen(to);
    if (chosen === 'appear-offline' || !(await deps.phones.isOnline(to))) return 'unreachable';
    if (chosen !== 'do-not-disturb') return 'ok';
    return (await deps.marks.ringsThrough(from, to)) ? 'ok' : 'do-not-disturb';
  },
});
