import { expect, it } from 'vitest';
import { contact } from '../../../../testkit/ui/contact.ts';
import { ContactSearch } from './contact-search.svelte.ts';

const NAMES = ['Zoë Müller', 'Inês', 'Omar', 'Lin', 'Ada', 'Grace', 'Kim', 'Noor', '王小明'];
const contacts = NAMES.map((name) => contact(name));

it('is offered once there are too many people to look through', () => {
  expect(new ContactSearch(() => contacts).useful).toBe(true);
  expect(new ContactSearch(() => contacts.slice(1)).useful).toBe(false);
});

it.each([
  ['zoe mul', 'Zoë Müller'],
  ['INES', 'Inês'],
  ['小明', '王小明'],
])('finds by %s', (query, name) => {
  const search = new ContactSearch(() => contacts);
  search.query = query;
  expect(search.found.map(({ displayName }) => displayName)).toEqual([name]);
});

it('shows everybody while nothing is typed', () => {
  expect(new ContactSearch(() => contacts).found).toBe(contacts);
});
