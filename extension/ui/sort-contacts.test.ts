import { expect, it } from 'vitest';
import { sortContacts } from './sort-contacts.ts';
import { contact } from './testing/contact.ts';

it('puts first who can be called first, then orders by name without regard to case', () => {
  const sorted = sortContacts([
    contact('zoe', 'offline'),
    contact('Omar', 'in-call'),
    contact('bob'),
    contact('Lin', 'away'),
    contact('Alice'),
  ]);
  expect(sorted.map(({ displayName }) => displayName)).toEqual(['Alice', 'bob', 'Lin', 'Omar', 'zoe']);
});

it('leaves the given list as it is', () => {
  const contacts = Object.freeze([contact('b'), contact('a')]);
  expect(sortContacts(contacts)).not.toBe(contacts);
});
