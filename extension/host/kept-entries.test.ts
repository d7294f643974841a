import { expect, it } from 'vitest';
import { handKeptTo, keep, readKept } from './kept-entries.ts';

const memory = () => {
  const entries = new Map<string, string>();
  return {
    getItem: (name: string) => entries.get(name) ?? null,
    setItem: (name: string, value: string) => void entries.set(name, value),
    removeItem: (name: string) => void entries.delete(name),
  };
};

it('keeps an entry until an empty one, and no more than 2,000 characters of it', () => {
  const storage = memory();
  keep('status-text', 'At lunch', storage);
  expect(readKept('status-text', storage)).toBe('At lunch');
  keep('status-text', 'x'.repeat(5_000), storage);
  expect(readKept('status-text', storage)).toHaveLength(2_000);
  keep('status-text', '', storage);
  expect(storage.getItem('status-text')).toBeNull();
});

it('forgets what is personal at a sign-out', () => {
  const storage = memory();
  handKeptTo('ada', storage);
  keep('conversation', 'bob', storage);
  keep('invite-link', 'https://example.org/invite/X', storage);
  handKeptTo(null, storage);
  expect(readKept('conversation', storage)).toBe('');
  expect(readKept('invite-link', storage)).toBe('');
});

it('stays over a restart of the same person, and is never shown to another', () => {
  const storage = memory();
  handKeptTo('ada', storage);
  keep('add-contact.wanted', 'bo', storage);
  handKeptTo('ada', storage);
  expect(readKept('add-contact.wanted', storage)).toBe('bo');
  // Ada's session was ended by the server, so she did not sign out here.
  keep('invited', 'ABCD', storage);
  handKeptTo('eve', storage);
  expect(readKept('add-contact.wanted', storage)).toBe('');
  expect(readKept('invited', storage)).toBe('ABCD');
});
