import type { UserId } from '../../protocol/ids.ts';
import { LIMITS } from '../../protocol/limits.ts';

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

/**
 * An FTS5 query for one person's messages with all words of `query`, or with words that start so; null
 * where there is nothing to look for. Every word is quoted: nothing in it is syntax. The person is part
 * of the query, so that other people's messages are not even looked at.
 */
export const toMatch = (me: UserId, query: string): string | null => {
  const terms = Array.from(query)
    .slice(0, LIMITS.searchLength)
    .join('')
    .normalize('NFC')
    .replaceAll(/["\p{Cc}]/gu, ' ')
    .split(/\s+/u)
    .filter((term) => INDEXED.test(term))
    .slice(0, MOST_TERMS)
    .map((term) => `"${toIndexed(term).trim()}"*`);
  return terms.length === 0 ? null : `people : "${personWord(me)}" AND words : (${terms.join(' AND ')})`;
};
