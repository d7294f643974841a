import type { Status } from '../../../../protocol/presence/presence.ts';
import type { ListedContact } from '../../../../protocol/account/session.ts';

/** The parts of the list, from top to bottom. */
export const GROUPS = ['favourites', 'available', 'busy', 'offline'] as const;
export type Group = (typeof GROUPS)[number];

const GROUP_OF: Record<Status, Group> = {
  available: 'available',
  away: 'busy',
  'do-not-disturb': 'busy',
  'in-call': 'busy',
  offline: 'offline',
};

/** One person in the list. */
export interface Row {
  readonly contact: ListedContact;
  /** The group that begins with this person, if there is more than one group. */
  readonly heading: Group | null;
}

const groupOf = ({ favourite, status }: ListedContact): Group =>
  favourite ? 'favourites' : GROUP_OF[status];

/** Favourites first, then by status; within a group in the order given. Each person once. */
export const contactRows = (contacts: readonly ListedContact[]): Row[] => {
  const parts = Map.groupBy(contacts, groupOf);
  return GROUPS.flatMap((group) =>
    (parts.get(group) ?? []).map((contact, i) => ({
      contact,
      heading: i === 0 && parts.size > 1 ? group : null,
    })),
  );
};
