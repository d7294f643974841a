import { LIMITS } from '../limits.ts';

// No schema library here: pages import this file and need none.

// Forbidden are controls except tab and newline, the overrides that change the reading order, and line and
// paragraph separators. Marks, embeddings and isolates are allowed: several scripts need them, and every view
// isolates the messages that it shows.
const FORBIDDEN_IN_TEXT =
  // eslint-disable-next-line no-control-regex -- refusing control characters is the purpose
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202d\u202e]/gu;

const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Z}]/u;

/**
 * Cleans a typed text for sending: line ends become `\n`, NFC, without forbidden characters and without space
 * around it.
 */
export const toMessageText = (typed: string): string =>
  typed.replace(/\r\n?/gu, '\n').toWellFormed().replace(FORBIDDEN_IN_TEXT, '').normalize('NFC').trim();

/**
 * Whether a text made by {@link toMessageText} can be sent: it has a visible character and is not too long.
 */
export const isMessageText = (text: string): boolean =>
  VISIBLE.test(text) &&
  text.length <= LIMITS.messageLength * 2 &&
  Array.from(text).length <= LIMITS.messageLength;
