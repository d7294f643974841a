import { expect, it } from 'vitest';
import { TypeAhead } from './type-ahead.ts';

const NAMES = ['ada', 'alan', 'grace', 'greta gray', 'gretel', 'zoe'];

it('goes to the next name that begins with a letter, and wraps around', () => {
  const typed = new TypeAhead();
  expect(typed.find('g', NAMES, 0, 0)).toBe(2);
  expect(typed.find('g', NAMES, 2, 100)).toBe(3);
  expect(typed.find('A', NAMES, 3, 5_000)).toBe(0);
  expect(typed.find('é', NAMES, 0, 10_000)).toBeNull();
});

it('takes letters typed quickly as one name', () => {
  const typed = new TypeAhead();
  const spell = (text: string): (number | null)[] => {
    let at = 0;
    return Array.from(text, (key, i) => {
      at = typed.find(key, NAMES, at, i * 100) ?? at;
      return at;
    });
  };
  expect(spell('greta g')).toEqual([2, 2, 3, 3, 3, 3, 3]);
  expect(typed.isTyping(700)).toBe(true);
  expect(typed.isTyping(2_000)).toBe(false);
});

it('finds nothing among nobody', () => {
  expect(new TypeAhead().find('a', [], 0, 0)).toBeNull();
});
