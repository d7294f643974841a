import { expect, it } from 'vitest';
import { initials } from './initials.ts';

it.each([
  ['Ada Lovelace', 'AL'],
  ['Grace Brewster Murray Hopper', 'GH'],
  ['plato', 'P'],
  ['  Zoë   Müller ', 'ZM'],
  ['王小明', '小明'],
  ['李', '李'],
  ['김민준', '민준'],
  ['👩‍🚀 Sally', '👩‍🚀S'],
])('of %s are %s', (name, letters) => {
  expect(initials(name)).toBe(letters);
});
