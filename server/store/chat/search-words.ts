import type { UserId } from '../../../protocol/ids.ts';
import { LIMITS } from '../../../protocol/limits.ts';

/** More words than anybody searches for at once. */
const MOST_TERMS = 8;

// Emoji, and scripts that are written without spaces between words: each character is a separate word.
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Extended_Pictographic}]/gu;

const INDEXED = /[\p{L}\p{N}\p{Co}\p{So}]/u;

/**
 * A text as it is indexed. Any part of a Chinese text can be found, because a phrase is a sequence of
 * characters.
 */
export const toIndexed = (text: string): string => text.replace(UNSPACED, ' $& ');

/** A person's id as one word. */
export const personWord = (userId: UserId): string => userId.replaceAll('-', '');

/**
 * The terms to search for: a bounded number, without quotes and control characters, and none of them empty.
 */
export const searchTerms = (query: string): string[] =>
  Array.from(query)
    .slice(0, LIMITS.searchLength)
    .join('')
    .normalize('NFC')
    .replaceAll(/["\p{Cc}]/gu, ' ')
    .split(/\s+/u)
    .filter((term) => INDEXED.test(term))
    .slice(0, MOST_TERMS);
