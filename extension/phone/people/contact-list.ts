import type { UserId } from '../../../protocol/ids.ts';
import { NO_MARKS, type ContactMark } from '../../../protocol/people/marks.ts';
import type { Contact, PresenceChange } from '../../../protocol/presence/presence.ts';
import type { ListedContact } from '../../../protocol/account/session.ts';

/** All that presence says of somebody: what a newer change leaves out is gone. */
const seenOf = ({ status, text, lastSeen, v }: Omit<PresenceChange, 'userId'>) => ({
  status,
  text,
  lastSeen,
  v,
});

/** Applies a change of presence. Returns the same list if the change is stale or about somebody unknown. */
export const withPresence = (contacts: ListedContact[], change: PresenceChange): ListedContact[] => {
  const index = contacts.findIndex((contact) => contact.userId === change.userId);
  const known = contacts[index];
  return known && known.v < change.v ? contacts.with(index, { ...known, ...seenOf(change) }) : contacts;
};

/** Somebody became visible or changed name. Presence that is newer here stays, and so do the person's own marks. */
export const withContact = (contacts: ListedContact[], changed: Contact): ListedContact[] => {
  const index = contacts.findIndex((contact) => contact.userId === changed.userId);
  const known = contacts[index];
  if (!known) return [...contacts, { ...changed, ...NO_MARKS }];
  const { favourite, ringsThrough } = known;
  const newer = known.v > changed.v ? seenOf(known) : {};
  return contacts.with(index, { ...changed, favourite, ringsThrough, ...newer });
};

export const withoutContact = (contacts: ListedContact[], userId: UserId): ListedContact[] =>
  contacts.filter((contact) => contact.userId !== userId);

/** The person marked somebody, here or on another device. */
export const withMarks = (
  contacts: ListedContact[],
  { userId, favourite, ringsThrough }: ContactMark,
): ListedContact[] =>
  contacts.map((contact) => (contact.userId === userId ? { ...contact, favourite, ringsThrough } : contact));
