import { createContext } from 'svelte';
import type { Person } from '../../../protocol/presence/presence.ts';
import type { UserId } from '../../../protocol/ids.ts';

/** Of a person, what they are called by. */
export type Named = Pick<Person, 'userId' | 'username' | 'displayName'>;

/** How people are told apart: somebody whose name looks like another's carries their username wherever they are shown. */
export interface Names {
  isAlike(person: Pick<Named, 'userId'>): boolean;
  /** The name in a sentence or a label. */
  of(person: Named): string;
}

/** @param namesakes those whose name looks like another's, as they are by now. */
export const createNames = (namesakes: () => ReadonlySet<UserId>): Names => {
  const isAlike: Names['isAlike'] = ({ userId }) => namesakes().has(userId);
  return {
    isAlike,
    of: (person) => (isAlike(person) ? `${person.displayName} (@${person.username})` : person.displayName),
  };
};

const [useNames, provideNames] = createContext<Names>();

/** How the page names people, given once by its root component. */
export { provideNames, useNames };
