import { expect, it } from 'vitest';
import { hidePictures } from './hide-pictures.ts';

const person = (userId: string) => ({ userId, username: userId, displayName: userId });

it('hides the pictures of blockers, and nothing else', () => {
  const picture = 'p'.repeat(22);
  const people = [{ ...person('ada'), picture }, { ...person('bob'), picture }, person('cyd')];
  expect(hidePictures(people, new Set(['ada', 'cyd']))).toEqual([
    person('ada'),
    { ...person('bob'), picture },
    person('cyd'),
  ]);
});
