import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine, codePointOf, harmlessLine, isVisible, refusedIn } from './one-line.ts';

/** Strings with many marks, and with the characters that marks belong to. */
const MARKS =
  '\u00ad \u034f\u061c\u115f\u1160\u17b4\u180b\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u202e\u2060\u2066\u2068\u2069\u2800\u3164\ufe00\ufe0e\ufe0f\ufeff\uffa0\u{e0067}\u{e007f}\u{e0100}';
const BESIDE = 'aZ5#\u20e3é\u0308בب\u0644\u064eम\u094dന\u0d4d葛❤👩💻\u{1f3fd}\u{1f3f4}\u{1f1e9}\u3000';
const line = fc.oneof(
  fc.string({ unit: fc.constantFrom(...Array.from(MARKS + BESIDE)), maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

/**
 * The part of a text that a reader can see: without ignorable characters, and without invisible ones at both
 * ends.
 */
const seen = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/[\p{Default_Ignorable_Code_Point}\u2066-\u2069\u202a-\u202e]/gu, '')
    .normalize('NFC')
    .replaceAll(
      /^[\p{White_Space}\u2800\u{1d159}\u{13441}\u{13442}\ufffc]+|[\p{White_Space}\u2800\u{1d159}\u{13441}\u{13442}\ufffc]+$/gu,
      '',
    );

describe('a clean line', () => {
  it.each([
    ['what a word processor leaves', 'A\u00adda Love\u200blace\ufeff', 'Ada Lovelace'],
    ['isolates around it', '\u2068Ada\u2069', 'Ada'],
    ['an embedding around it', '\u202aעדה\u202c ', 'עדה'],
    ['an override that nothing follows', 'Ada\u202e', 'Ada'],
    ['marks of direction', '\u200fAda\u200e \u061cL', 'Ada L'],
    ['fillers and the braille blank', '\u3164Ada\u2800\uffa0', 'Ada'],
    ['joiners between letters that do not join', 'A\u200dd\u200ca', 'Ada'],
    ['a variation selector that selects nothing', 'A\ufe0f\u{e0101}', 'A'],
    ['tags without a flag', 'A\u{e0064}\u{e0061}', 'A'],
    ['a mark that was kept only because of another removed mark', 'a\ufe0f\u200d💻', 'a💻'],
  ])('loses %s', (_what, typed, clean) => {
    expect(cleanLine(typed)).toBe(clean);
  });

  it.each([
    ['emoji of several', '👩🏽‍💻 👨‍👩‍👧 🏳️‍🌈 ❤️‍🔥'],
    ['a flag by tags', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
    ['a keycap', '1\ufe0f\u20e3'],
    ['a Persian name', 'حسین\u200cزاده'],
    ['a Malayalam name that ends with a joiner', 'രാജന\u0d4d\u200d'],
    ['a conjunct', 'क\u094d\u200dष'],
    ['a variant of an ideograph', '葛\u{e0100}城'],
    ['a Mongolian variant', 'ᠰ\u180bᠠ'],
    ['an ideographic space within', '山田\u3000太郎'],
  ])('keeps %s', (_what, typed) => {
    expect(cleanLine(typed)).toBe(typed);
    expect(isVisible(typed)).toBe(true);
  });

  it('is clean, and has lost nothing visible', () => {
    fc.assert(
      fc.property(line, (typed) => {
        const clean = cleanLine(typed);
        expect(cleanLine(clean)).toBe(clean);
        expect(clean).toBe(clean.normalize('NFC'));
        expect(seen(clean)).toBe(seen(typed));
        expect(isVisible(clean)).toBe(isVisible(typed.normalize('NFC')));
      }),
    );
  });

  it('from a server is made harmless, and is unchanged if it was clean', () => {
    fc.assert(
      fc.property(line, (told) => {
        const harmless = harmlessLine(told);
        expect(refusedIn(harmless)).toBeNull();
        expect(cleanLine(harmless)).toBe(harmless);
        if (refusedIn(cleanLine(told)) === null) expect(harmless).toBe(cleanLine(told));
      }),
    );
  });
});

it('takes linear time, not quadratic', () => {
  // Quadratic time would be minutes.
  const spaces = ' '.repeat(500_000);
  expect(cleanLine(`a${spaces}b`)).toBe(`a${spaces}b`);
});

describe('something to see', () => {
  it.each([
    ['nothing', ''],
    ['spaces', ' \u00a0\u3000'],
    ['the Hangul filler', '\u3164'],
    ['the braille blank', '\u2800'],
    ['a soft hyphen', '\u00ad'],
    ['a joiner', '\u200d'],
    ['a lone combining mark', '\u0301'],
    ['a lone enclosing mark', '\u20dd'],
    ['a variation selector', '\ufe0f'],
    ['tags', '\u{e0041}'],
    ['private use', '\ue000\u{f0000}'],
    ['an unassigned character', '\u0378'],
    ['a blank hieroglyph', '\u{13441}'],
  ])('is not %s', (_what, text) => {
    expect(isVisible(text)).toBe(false);
  });

  it.each(['a', '1', '李', '👍', '🇩🇪', '⠁', '–', 'ก็'])('is %s', (text) => {
    expect(isVisible(text)).toBe(true);
  });
});

describe('what is refused', () => {
  it.each([
    ['a\u202eb', 'U+202E'],
    ['a\u2067b', 'U+2067'],
    ['a\nb', 'U+000A'],
    ['a\u0085b', 'U+0085'],
    ['a\u2028b', 'U+2028'],
    ['a\ud83d', 'U+D83D'],
    ['a\ufff9b', 'U+FFF9'],
  ])('names %j', (text, codePoint) => {
    const refused = refusedIn(cleanLine(text));
    expect(refused === null ? null : codePointOf(refused)).toBe(codePoint);
  });
});
