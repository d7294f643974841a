import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isolated } from './isolated.ts';

it.each(['Ada Lovelace', '李雷', 'Zoë (2)', 'Владимир', '👩‍💻', '12:30', ''])('leaves %j unchanged', (text) => {
  expect(isolated(text)).toBe(text);
});

it.each(['עדה', 'أدا', 'Ada עדה', '١٢٣', 'ޝަރީފު', '𞤀𞤣𞤢'])('isolates %j', (text) => {
  expect(isolated(text)).toBe(`\u2068${text}\u2069`);
});

it('closes every isolate that it opens, whatever the text contains', () => {
  expect(isolated('a\u2069\u202eb')).toBe('\u2068ab\u2069');
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'ב', '\u2068', '\u2069', '\u202e'), maxLength: 10 }),
      (text) => {
        const inner = isolated(text).replace(/^\u2068(.*)\u2069$/su, '$1');
        expect(inner).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/u);
      },
    ),
  );
});
