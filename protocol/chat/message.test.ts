import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../limits.ts';
import { isMessageText, toMessageText } from './message-text.ts';
import { messageTextSchema } from './message.ts';

const accepted = (text: string): boolean => messageTextSchema.safeParse(text).success;

describe('the text of a message', () => {
  it.each([
    ['words', 'See you at 5.'],
    ['lines and tabs', 'one\n\ttwo'],
    ['one emoji of several code points', '👩‍👩‍👧'],
    ['Chinese', '晚点打给你'],
    ['Hebrew with a mark', 'שלום\u200f!'],
    ['an isolate', '\u2067שלום\u2069 hello'],
    ['of the greatest length, outside of the basic plane', '🎉'.repeat(LIMITS.messageLength)],
  ])('can be %s', (_what, text) => {
    expect(accepted(text)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['space', ' \n '],
    ['invisible characters', '\u200b\u2060\ufeff'],
    ['space around it', ' hello'],
    ['a control character', 'a\u0007b'],
    ['a carriage return', 'a\r\nb'],
    ['an override of the direction', 'photo\u202egpj.exe'],
    ['a lone surrogate', 'a\ud800'],
    ['not composed', 'e\u0301'],
    ['one code point too many', '🎉'.repeat(LIMITS.messageLength + 1)],
  ])('is never %s', (_what, text) => {
    expect(accepted(text)).toBe(false);
  });

  it('is cleaned, and cleaning it twice changes nothing', () => {
    expect(toMessageText(' a\r\nb\rc\u202e e\u0301\u0000 ')).toBe('a\nb\nc é');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const text = toMessageText(typed);
        expect(toMessageText(text)).toBe(text);
        expect(accepted(text)).toBe(isMessageText(text));
      }),
    );
  });
});
