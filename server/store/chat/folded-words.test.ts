import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldedWords } from './folded-words.ts';

it.each([
  ['Lunch at the Café?', ['lunch', 'at', 'the', 'cafe']],
  ['明天 OK', ['明', '天', 'ok']],
  ['🎉🎉', ['🎉', '🎉']],
  ['ΟΔΥΣΣΕΥΣ', ['οδυσσευσ']],
  ['한국어 İstanbul', ['한국어', 'istanbul']],
  ["it's a-b", ['it', 's', 'a', 'b']],
  ['x'.repeat(3000), ['x'.repeat(255)]],
  ['?! …', []],
])('takes the words out of %s', (text, words) => {
  expect(foldedWords(text)).toEqual(words);
});

it('leaves nothing in a word that could be syntax', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const words = foldedWords(text);
      expect(words.join('')).toMatch(/^[\p{L}\p{N}\p{Co}\p{So}]*$/u);
      expect(Math.max(0, ...words.map((word) => Buffer.byteLength(word)))).toBeLessThan(2046);
    }),
  );
});
