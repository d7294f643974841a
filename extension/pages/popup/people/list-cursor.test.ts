import { expect, it } from 'vitest';
import { contact } from '../../../../testkit/ui/contact.ts';
import { contactRows, type Row } from './contact-rows.ts';
import { ListCursor } from './list-cursor.svelte.ts';

const rowsOf = (...names: string[]): Row[] => contactRows(names.map((name) => contact(name)));

it('begins at the top of any list', () => {
  let rows = rowsOf('Ada', 'Bob');
  const cursor = new ListCursor(() => rows);
  expect(cursor.index).toBe(0);
  rows = [];
  expect(new ListCursor(() => rows).index).toBe(0);
});

it('follows the person through a new order', () => {
  let rows = rowsOf('Ada', 'Bob', 'Cy');
  const cursor = new ListCursor(() => rows);
  cursor.moveTo(1);
  rows = rowsOf('Cy', 'Ada', 'Dan', 'Bob');
  expect(cursor.index).toBe(3);
});

it('stays at the position of somebody who was removed', () => {
  let rows = rowsOf('Ada', 'Bob', 'Cy');
  const cursor = new ListCursor(() => rows);
  cursor.moveTo(2);
  rows = rowsOf('Ada', 'Bob');
  expect(cursor.index).toBe(1);
});
