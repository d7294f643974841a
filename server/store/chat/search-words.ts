import type { UserId } from '../../../protocol/ids.ts';
import { LIMITS } from '../../../protocol/limits.ts';

/** More words than anybody looks for at once. */
const MOST_TERMS = 8;

// Scripts that are written without spaces between words, and pictures: each character is a word by itself.
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Extended_Pictographic}]/gu;

const INDEXED = /[\p{L}\p{N}\p{Co}\p{So}]/u;

/** A text as it is indexed. Chinese is found by any part of it, because a phrase is characters in a row. */
export const toIndexed = (text: string): string => text.replace(UNSPACED, ' $& ');

/** A person's id as one word. */
export const personWord = (userId: UserId): string => userId.replaceAll('-', '');

/** What is looked for: bounded, without quotes and controls, each term with something to find in it. */
export const searchTerms = (query: string): string[] =>
  Array.from(query)
    .slice(0, LIMITS.searchLength)
    .join('')
    .normalize('NFC')
    .replaceAll(/["\p{Cc}]/gu, ' ')
    .split(/\s+/u)
    .filter((term) => INDEXED.test(term))
    .slice(0, MOST_TERMS);
