import { createContext } from 'svelte';
import type { Person } from '../../../protocol/presence/presence.ts';
import type { UserId } from '../../../protocol/ids.ts';

/** The parts of a person that name them. */
export type Named = Pick<Person, 'userId' | 'username' | 'displayName'>;

/** How a page names people: a person whose name looks like another's is always shown with the username. */
export interface Names {
  isAlike(person: Pick<Named, 'userId'>): boolean;
  /** The name in a sentence or a label. */
  of(person: Named): string;
}

/** @param namesakes returns the people whose name currently looks like another's. */
export const createNames = (namesakes: () => ReadonlySet<UserId>): Names => {
  const isAlike: Names['isAlike'] = ({ userId }) => namesakes().has(userId);
  return {
    isAlike,
    of: (person) => (isAlike(person) ? `${person.displayName} (@${person.username})` : person.displayName),
  };
};

const [useNames, provideNames] = createContext<Names>();

/** How the page names people, provided once by its root component. */
export { provideNames, useNames };
