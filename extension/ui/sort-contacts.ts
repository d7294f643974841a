import type { Contact, Status } from '../../protocol/presence.ts';

/** Who can be called first comes first. */
const RANK: Record<Status, number> = {
  available: 0,
  away: 1,
  'do-not-disturb': 2,
  'in-call': 2,
  offline: 3,
};

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

/** A new list: by status, then by name as the person's language orders names, then by username. */
export const sortContacts = <C extends Contact>(contacts: readonly C[]): C[] =>
  contacts.toSorted(
    (a, b) =>
      RANK[a.status] - RANK[b.status] ||
      collator.compare(a.displayName, b.displayName) ||
      collator.compare(a.username, b.username),
  );
