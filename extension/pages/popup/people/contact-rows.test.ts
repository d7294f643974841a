import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statusSchema } from '../../../../protocol/presence/presence.ts';
import type { ListedContact } from '../../../../protocol/account/session.ts';
import { contact } from '../../../../testkit/ui/contact.ts';
import { contactRows, GROUPS } from './contact-rows.ts';

const people: fc.Arbitrary<ListedContact[]> = fc
  .uniqueArray(
    fc.record({
      name: fc.string({ minLength: 1, maxLength: 8 }),
      status: fc.constantFrom(...statusSchema.options),
      favourite: fc.boolean(),
    }),
    { selector: ({ name }) => name },
  )
  .map((list) => list.map(({ name, status, favourite }) => ({ ...contact(name, status), favourite })));

/** The names in order, each heading before its first person. */
const shown = (contacts: readonly ListedContact[]): string[] =>
  contactRows(contacts).flatMap((row) => [
    ...(row.heading === null ? [] : [`[${row.heading}]`]),
    row.contact.displayName,
  ]);

describe('the rows of the contact list', () => {
  it('have favourites first, then available, busy and offline people', () => {
    expect(
      shown([
        { ...contact('Zoe', 'offline'), favourite: true },
        contact('Omar', 'in-call'),
        contact('Bob', 'offline'),
        contact('Lin', 'away'),
        contact('Ada'),
        contact('Ben', 'do-not-disturb'),
      ]),
    ).toEqual([
      '[favourites]',
      'Zoe',
      '[available]',
      'Ada',
      '[busy]',
      'Omar',
      'Lin',
      'Ben',
      '[offline]',
      'Bob',
    ]);
  });

  it('have no heading if everybody is in the same group', () => {
    expect(shown([contact('Ada'), contact('Bob')])).toEqual(['Ada', 'Bob']);
    expect(shown([])).toEqual([]);
  });

  it('lose nobody, show nobody twice, and keep the order within a group', () => {
    fc.assert(
      fc.property(people, (contacts) => {
        const rows = contactRows(contacts).map((row) => row.contact);
        expect(new Set(rows)).toEqual(new Set(contacts));
        expect(rows).toHaveLength(contacts.length);
        // Grouping again changes nothing, and within a group the input's order is kept.
        expect(contactRows(rows).map((row) => row.contact)).toEqual(rows);
        for (const status of statusSchema.options) {
          for (const favourite of [true, false]) {
            const alike = (it: ListedContact): boolean => it.status === status && it.favourite === favourite;
            expect(rows.filter(alike)).toEqual(contacts.filter(alike));
          }
        }
      }),
    );
  });

  it('contain each heading once, in the order of the groups', () => {
    fc.assert(
      fc.property(people, (contacts) => {
        const headings = contactRows(contacts).flatMap(({ heading }) => heading ?? []);
        expect(headings).toEqual(GROUPS.filter((group) => headings.includes(group)));
        expect(headings).not.toHaveLength(1);
      }),
    );
  });
});
