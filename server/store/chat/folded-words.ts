import { toIndexed } from './search-words.ts';

/** PostgreSQL keeps words of up to 2046 bytes; nobody looks for the end of a longer one. */
const LONGEST_WORD = 255;

const WORDS = /[\p{L}\p{N}\p{Co}\p{So}]+/gu;

/**
 * The words of a text in their order, without case and accents: what SQLite's tokenizer (unicode61,
 * remove_diacritics) does by itself, for a database that leaves it to us.
 */
export const foldedWords = (text: string): string[] => {
  const folded = toIndexed(text)
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/gu, '')
    .normalize('NFC')
    .toLowerCase()
    // Lower case depends on what follows; the start of a word must not.
    .replaceAll('ς', 'σ');
  return (folded.match(WORDS) ?? []).map((word) => Array.from(word).slice(0, LONGEST_WORD).join(''));
};
