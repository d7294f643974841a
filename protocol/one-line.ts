// No schema library here: pages import this file and need none. Invisible characters are written as escapes.

/**
 * Marks without a glyph that change how other characters look. They are kept where they have this effect:
 * joiners (U+200C, U+200D) in emoji and in scripts whose letters join or stack, variation selectors after
 * characters with variants, tags in flags.
 */
const JOINING =
  '\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Mongolian}\\p{Script=Nko}\\p{Script=Adlam}\\p{Script=Mandaic}\\p{Script=Hanifi_Rohingya}\\p{Script=Phags_Pa}';
const STACKING =
  '\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Myanmar}\\p{Script=Khmer}\\p{Script=Tibetan}';
const KEPT = [
  // Between two letters; an Arabic vowel sign may precede it.
  `(?<=[${JOINING}${STACKING}]\\p{M}?)[\\u200c\\u200d](?=[${JOINING}${STACKING}])`,
  // After a vowel-killing sign (virama) a joiner chooses the letter's form, even at the end of a word.
  `(?<=(?=[${STACKING}])\\p{Mn})[\\u200c\\u200d]`,
  '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])\\u200d(?=\\p{Extended_Pictographic})',
  '(?<=\\p{Extended_Pictographic})[\\ufe0e\\ufe0f]',
  '(?<=[0-9#*])\\ufe0f(?=\\u20e3)',
  '(?<=\\p{Script=Han})[\\ufe00-\\ufe02\\u{e0100}-\\u{e01ef}]',
  '(?<=[\\p{Script=Myanmar}\\p{Script=Phags_Pa}])\\ufe00',
  '(?<=\\p{Script=Mongolian})[\\u180b-\\u180d\\u180f]',
  '(?<=\\u{1f3f4})[\\u{e0030}-\\u{e0039}\\u{e0061}-\\u{e007a}]{2,7}\\u{e007f}',
  // These have an intended effect, so they are refused and not removed.
  '[\\u202a-\\u202e\\u2066-\\u2069]',
].join('|');
const IGNORED = new RegExp(`(${KEPT})|\\p{Default_Ignorable_Code_Point}`, 'gu');

// Characters that look empty, although Unicode does not class them so: the braille blank, an empty note,
// blank hieroglyphs, the object replacement character.
const BLANK = '\\u2800\\u{1d159}\\u{13441}\\u{13442}\\ufffc';
/** Embeddings, overrides and isolates (UAX #9). */
const REORDERING = '\\u202a-\\u202e\\u2066-\\u2069';
const AROUND = new RegExp(`^[\\p{White_Space}${BLANK}${REORDERING}]$`, 'u');

const REFUSED = new RegExp(`[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}${REORDERING}\\ufff9-\\ufffb]`, 'u');

const VISIBLE = new RegExp(
  `[^\\p{C}\\p{M}\\p{Z}\\p{White_Space}\\p{Default_Ignorable_Code_Point}${BLANK}]`,
  'u',
);

/** A character's code point in Unicode's notation: `U+202E`. */
export type CodePoint = `U+${string}`;

/** @param character one code point. */
export const codePointOf = (character: string): CodePoint =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/**
 * Character by character: a regular expression anchored at the end takes quadratic time for a run of spaces.
 */
const withoutEnds = (text: string): string => {
  const characters = Array.from(text);
  const first = characters.findIndex((character) => !AROUND.test(character));
  const last = characters.findLastIndex((character) => !AROUND.test(character));
  return first === -1 ? '' : characters.slice(first, last + 1).join('');
};

/**
 * Cleans a text of one line for storing: NFC, without invisible marks that have no effect. Such marks come
 * with pasted text (a zero-width space, direction marks around a name), and would make names differ that look
 * equal. Nothing visible is lost, and cleaning twice changes nothing.
 */
export const cleanLine = (typed: string): string => {
  const clean = withoutEnds(
    typed.normalize('NFC').replace(IGNORED, (_mark, kept: string | undefined) => kept ?? ''),
  );
  // Repeats, because a removed mark may have been the reason to keep another one.
  return clean === typed ? clean : cleanLine(clean);
};

/**
 * The first character that no line may contain: a control, a line break, or a mark that reorders text. Null:
 * none.
 */
export const refusedIn = (text: string): string | null => REFUSED.exec(text)?.[0] ?? null;

/** Whether a text has a visible character. Lone marks, private and unassigned characters do not count. */
export const isVisible = (text: string): boolean => VISIBLE.test(text);

/** The part of a received line that is safe to show; an older server may not have checked it. */
export const harmlessLine = (told: string): string => {
  const clean = cleanLine(told);
  const refused = refusedIn(clean);
  return refused === null ? clean : harmlessLine(clean.replaceAll(refused, ''));
};
