import type { CallDirectory } from '../calls/ports.ts';
import type { Directory } from '../people/directory.ts';
import type { LivePhones } from './live-phones.ts';
import type { MarkStore } from '../people/mark-store.ts';
import type { Presence } from './presence.ts';

/**
 * Who may ring whom right now. One order of checks with one way to answer: blocked, not a contact, appear offline
 * or no phone, do not disturb; so that no answer tells more than it should. Every check runs in every case, so that
 * every answer takes equally long. Do not disturb does not stop the people whom the person lets ring through.
 */
export const createCallDirectory = (deps: {
  directory: Pick<Directory, 'person' | 'between'>;
  presence: Pick<Presence, 'chosen'>;
  phones: Pick<LivePhones, 'isOnline'>;
  marks: Pick<MarkStore, 'ringsThrough' | 'isFavourite'>;
}): CallDirectory => ({
  person: (userId) => deps.directory.person(userId),
  isFavourite: (from, to) => deps.marks.isFavourite(from, to),
  async reachability(from, to) {
    const [{ mine }, person, chosen, isOnline, ringsThrough] = await Promise.all([
      deps.directory.between(from, to),
      deps.directory.person(to),
      deps.presence.chosen(to),
      deps.phones.isOnline(to),
      deps.marks.ringsThrough(from, to),
    ]);
    if (mine === 'blocked') return 'blocked';
    if (mine === 'none') return person ? 'not-allowed' : 'nobody';
    if (chosen === 'appear-offline' || !isOnline) return 'unreachable';
    return chosen !== 'do-not-disturb' || ringsThrough ? 'ok' : 'do-not-disturb';
  },
});
