import type { Contact, Status } from '../../../protocol/presence/presence.ts';

/** The rank of each status: people who can be called now come first. */
const RANK: Record<Status, number> = {
  available: 0,
  away: 1,
  'do-not-disturb': 2,
  'in-call': 2,
  offline: 3,
};

/**
 * Returns a new list sorted by status. People of the same rank keep their order, which is by name (the phone
 * sorts them).
 */
export const sortContacts = <C extends Contact>(contacts: readonly C[]): C[] => {
  const ranks: C[][] = [[], [], [], []];
  for (const contact of contacts) ranks[RANK[contact.status]]?.push(contact);
  return ranks.flat();
};
