const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const CJK = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

const lettersOf = (word: string): string[] => Array.from(graphemes.segment(word), ({ segment }) => segment);

/**
 * One or two letters for a name: the first letters of the first and last word. A name without spaces in Han,
 * kana or Hangul gives its last two characters, which are the given name.
 */
export const initials = (name: string): string => {
  const words = name.split(/\s+/u).filter((word) => word !== '');
  const [first = '', ...others] = words;
  if (others.length === 0 && CJK.test(first)) return lettersOf(first).slice(-2).join('');
  const last = others.at(-1) ?? '';
  return [first, last]
    .map((word) => lettersOf(word)[0] ?? '')
    .join('')
    .toLocaleUpperCase();
};
