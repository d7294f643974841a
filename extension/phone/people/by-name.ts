import type { ListedContact } from '../../../protocol/account/session.ts';

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

/**
 * A new list, by name as the person's language orders names, then by username. Done here once and not
 * in each view: among thousands of people it takes longer than all else that drawing the list needs.
 */
export const byName = (contacts: readonly ListedContact[]): ListedContact[] =>
  contacts.toSorted(
    (a, b) => collator.compare(a.displayName, b.displayName) || collator.compare(a.username, b.username),
  );
