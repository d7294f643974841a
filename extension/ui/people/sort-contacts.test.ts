import fc from 'fast-check';
import { expect, it } from 'vitest';
import { statusSchema } from '../../../protocol/presence/presence.ts';
import { sortContacts } from './sort-contacts.ts';
import { contact } from '../../../testkit/ui/contact.ts';

it('puts people first who can be called now, and otherwise keeps the order', () => {
  const sorted = sortContacts([
    contact('Alice', 'offline'),
    contact('Bob', 'in-call'),
    contact('Carla'),
    contact('Dan', 'away'),
    contact('Eve', 'do-not-disturb'),
    contact('Fay'),
  ]);
  expect(sorted.map(({ displayName }) => displayName)).toEqual([
    'Carla',
    'Fay',
    'Dan',
    'Bob',
    'Eve',
    'Alice',
  ]);
});

it('loses nobody and shows nobody twice', () => {
  const statuses = fc.array(fc.constantFrom(...statusSchema.options));
  fc.assert(
    fc.property(statuses, (list) => {
      const contacts = Object.freeze(list.map((status, i) => contact(`Person ${String(i)}`, status)));
      const sorted = sortContacts(contacts);
      expect(sorted).toHaveLength(contacts.length);
      expect(new Set(sorted)).toEqual(new Set(contacts));
    }),
  );
});
