import type { Contact, Status } from '../../../protocol/presence/presence.ts';

/** Who can be called first comes first. */
const RANK: Record<Status, number> = {
  available: 0,
  away: 1,
  'do-not-disturb': 2,
  'in-call': 2,
  offline: 3,
};

/** A new list, by status; who has the same rank stays in the order given, which is by name (the phone sees to that). */
export const sortContacts = <C extends Contact>(contacts: readonly C[]): C[] => {
  const ranks: C[][] = [[], [], [], []];
  for (const contact of contacts) ranks[RANK[contact.status]]?.push(contact);
  return ranks.flat();
};
