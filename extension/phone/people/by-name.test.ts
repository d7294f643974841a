import { expect, it } from 'vitest';
import type { ListedContact } from '../../../protocol/account/session.ts';
import { byName } from './by-name.ts';

const contact = (displayName: string, username = displayName.toLowerCase()): ListedContact => ({
  userId: `user-${username}`,
  username,
  displayName,
  status: 'available',
  v: 1,
  favourite: false,
  ringsThrough: false,
});
const names = (contacts: readonly ListedContact[]): string[] => contacts.map(({ username }) => username);

it('orders as people do: without regard to case and accents, and numbers by their value', () => {
  const contacts = ['bob', 'Émile', 'Room 10', 'Alice', 'Room 9', 'eva'].map((name) => contact(name));
  expect(names(byName(contacts))).toEqual(['alice', 'bob', 'émile', 'eva', 'room 9', 'room 10']);
});

it('orders people of one name by username, and leaves the given list as it is', () => {
  const contacts = Object.freeze([contact('Ada', 'ada2'), contact('ada', 'ada1')]);
  expect(names(byName(contacts))).toEqual(['ada1', 'ada2']);
});
