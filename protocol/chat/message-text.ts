import { LIMITS } from '../limits.ts';

// No schema library here: pages use it, which need none.

// Controls but tab and newline; the overrides that make text read in another order than it is
// written; line and paragraph separators. Marks, embeddings and isolates stay: several scripts need
// them, and every view isolates a message it shows.
const FORBIDDEN_IN_TEXT =
  // eslint-disable-next-line no-control-regex -- refusing control characters is the purpose
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202d\u202e]/gu;

const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Z}]/u;

/** What of a typed text can be sent: line ends as `\n`, NFC, nothing forbidden, no space around it. */
export const toMessageText = (typed: string): string =>
  typed.replace(/\r\n?/gu, '\n').toWellFormed().replace(FORBIDDEN_IN_TEXT, '').normalize('NFC').trim();

/** Whether a text, made by {@link toMessageText}, can be sent: something to see, and not too long. */
export const isMessageText = (text: string): boolean =>
  VISIBLE.test(text) &&
  text.length <= LIMITS.messageLength * 2 &&
  Array.from(text).length <= LIMITS.messageLength;
