import type { UserId } from '../../protocol/ids.ts';
import type { Contact, PresenceChange } from '../../protocol/presence.ts';

/** A change of somebody's status. The same list, when it is stale or about somebody unknown. */
export const withPresence = (contacts: Contact[], { userId, status, v }: PresenceChange): Contact[] => {
  const index = contacts.findIndex((contact) => contact.userId === userId);
  const known = contacts[index];
  return known && known.v < v ? contacts.with(index, { ...known, status, v }) : contacts;
};

/** Somebody became visible or changed name. A status that is newer here stays. */
export const withContact = (contacts: Contact[], changed: Contact): Contact[] => {
  const index = contacts.findIndex((contact) => contact.userId === changed.userId);
  const known = contacts[index];
  if (!known) return [...contacts, changed];
  return contacts.with(
    index,
    known.v > changed.v ? { ...changed, status: known.status, v: known.v } : changed,
  );
};

export const withoutContact = (contacts: Contact[], userId: UserId): Contact[] =>
  contacts.filter((contact) => contact.userId !== userId);
