import { toIndexed } from './search-words.ts';

/** PostgreSQL keeps words of up to 2046 bytes; nobody searches for the end of a longer word. */
const LONGEST_WORD = 255;

const WORDS = /[\p{L}\p{N}\p{Co}\p{So}]+/gu;

/**
 * The words of a text in their order, without case and accents. SQLite's tokenizer (unicode61,
 * remove_diacritics) does the same by itself; other databases need this.
 */
export const foldedWords = (text: string): string[] => {
  const folded = toIndexed(text)
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/gu, '')
    .normalize('NFC')
    .toLowerCase()
    // At a word's end a sigma has another lower case; a search for the start of a word must not depend on
    // that.
    .replaceAll('ς', 'σ');
  return (folded.match(WORDS) ?? []).map((word) => Array.from(word).slice(0, LONGEST_WORD).join(''));
};
