import type { Contact, Person } from '../../../protocol/presence/presence.ts';

/** A person as the list of contacts has them now: their name and picture may be newer there than in a call. */
export const asToday = (person: Person, contacts: readonly Contact[]): Person => {
  const contact = contacts.find(({ userId }) => userId === person.userId);
  if (!contact) return person;
  const { userId, username, displayName, picture } = contact;
  return { userId, username, displayName, ...(picture !== undefined && { picture }) };
};
