import type { Signaling } from '../connection/signaling.ts';
import { byName } from './by-name.ts';
import { keepEqual } from '../keep-equal.ts';
import { withContact, withMarks, withoutContact, withPresence } from './contact-list.ts';
import type { SnapshotStore } from '../snapshot-store.ts';

/** Keeps the contact list as the server sends it: the whole list at each connection, then the changes. */
export const followContacts = (
  signaling: Pick<Signaling, 'on'>,
  store: Pick<SnapshotStore, 'current' | 'update'>,
): void => {
  signaling.on('session:ready', ({ contacts }) => {
    // Most of the list is as it was before the connection was lost: those entries stay the same objects.
    store.update({ contacts: keepEqual(store.current.contacts, byName(contacts)) });
  });
  signaling.on('presence:changed', (change) => {
    store.update({ contacts: withPresence(store.current.contacts, change) });
  });
  signaling.on('contact:changed', (contact) => {
    store.update({ contacts: byName(withContact(store.current.contacts, contact)) });
  });
  signaling.on('contact:marked', (mark) => {
    store.update({ contacts: withMarks(store.current.contacts, mark) });
  });
  signaling.on('contact:removed', ({ userId }) => {
    store.update({ contacts: withoutContact(store.current.contacts, userId) });
  });
};
