import type { Branch, Evidence } from './evidence.ts';
import type { Journal } from './journal.ts';

const times = (text: string, what: string): number => text.split(what).length - 1;

/** How often each important branch was reached, according to phones, node logs and the database. */
export const countBranches = (
  journal: Journal,
  logged: string,
  { calls }: Evidence['database'],
): Record<Branch, number> => {
  const counted = (what: Branch): number => journal.counts.get(what) ?? 0;
  const ended = (reason: string): number => calls.filter((call) => call.reason === reason).length;
  const shown = (reason: string): number => journal.shownEnds.filter((end) => end.reason === reason).length;
  return {
    glare: counted('glare'),
    'lost lease': times(logged, 'this node was taken for dead'),
    resume: counted('resume'),
    duplicate: counted('duplicate'),
    'expired node cleared': times(logged, 'a node is dead: its phones are gone'),
    'Redis back at a node': times(logged, 'Redis is back"'),
    'refused while Redis was away': journal.invites.filter(({ code }) => code === 'unavailable').length,
    'database away': times(logged, 'the database cannot be reached'),
    'answered elsewhere': shown('answered-elsewhere'),
    busy: counted('busy'),
    'nobody answered': ended('no-answer'),
    'phone superseded': counted('phone superseded'),
    'connection lost': ended('connection-lost'),
  };
};
