import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  displayNameSchema,
  passwordSchema,
  signInSchema,
  signUpSchema,
  toldNameSchema,
  usernameSchema,
} from './account.ts';
import { personSchema } from '../presence/presence.ts';
import { refusalOf } from '../refusal-of.ts';

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown): boolean =>
  schema.safeParse(value).success;

describe('usernames', () => {
  it.each(['ada', 'a.b', 'A-Z_9', 'x'.repeat(32), '...', '  ada  ', '\u200eada\u2069', 'a\u200bd\u00ada'])(
    'takes %j',
    (name) => {
      expect(accepts(usernameSchema, name)).toBe(true);
    },
  );

  it.each([
    '',
    'ab',
    'x'.repeat(33),
    'a b',
    'ädа',
    'аda',
    'ada\n!',
    'a/b',
    'ada\u0000',
    'a\u202eda',
    7,
    null,
    ['ada'],
  ])('refuses %j', (name) => {
    expect(accepts(usernameSchema, name)).toBe(false);
  });

  it('ignore case', () => {
    expect(usernameSchema.parse('Ada.Lovelace')).toBe('ada.lovelace');
    // The Kelvin sign becomes an ordinary k in lower case.
    expect(usernameSchema.parse('\u212Aate')).toBe('kate');
  });

  it('say which character is refused', () => {
    const { error } = usernameSchema.safeParse('äda');
    expect(error && refusalOf(error)).toEqual({ code: 'bad-character', character: 'U+00E4' });
  });

  it('parse to a normalised form, whatever was sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const { data } = usernameSchema.safeParse(text);
        return data === undefined || /^[a-z0-9._-]{3,32}$/.test(data);
      }),
    );
  });
});

describe('display names', () => {
  it.each(['A', 'Ada Lovelace', '李雷', 'עדה', 'أدا', '👩‍💻 Ada', 'Zoë', 'x'.repeat(64), '👍'.repeat(64)])(
    'takes %j',
    (name) => {
      expect(accepts(displayNameSchema, name)).toBe(true);
    },
  );

  it.each([
    ['nothing', ''],
    ['spaces only', '   '],
    ['too much', 'x'.repeat(65)],
    ['far too much', 'x'.repeat(100_000)],
    ['a line break', 'A\nB'],
    ['a null', 'A\u0000B'],
    ['a C1 control', 'A\u0085B'],
    ['a left-to-right override', 'A\u202dB'],
    ['a right-to-left override', 'A\u202eB'],
    ['an isolate', 'A\u2066B'],
    ['a line separator', 'A\u2028B'],
    ['half a character', 'A\ud83d'],
    ['the Hangul filler alone', '\u3164'],
    ['the braille blank alone', '\u2800'],
    ['a soft hyphen alone', '\u00ad'],
    ['a joiner alone', '\u200d'],
    ['a combining mark alone', '\u0301'],
    ['private use alone', '\ue000'],
  ])('refuses %s', (_what, name) => {
    expect(accepts(displayNameSchema, name)).toBe(false);
  });

  it.each(['\u200fAda', 'A\u200bda', 'Ada\ufeff', '\u2068Ada\u2069', 'A\u00adda', '\u202aAda\u202c'])(
    'lose the marks of %j that have no effect',
    (name) => {
      expect(displayNameSchema.parse(name)).toBe('Ada');
    },
  );

  it('say which character is refused', () => {
    const refusal = (name: string) => {
      const { error } = displayNameSchema.safeParse(name);
      return error && refusalOf(error);
    };
    expect(refusal('A\u202eB')).toEqual({ code: 'bad-character', character: 'U+202E' });
    expect(refusal('\u3164')).toEqual({ code: 'nothing-visible' });
    expect(refusal('x'.repeat(65))).toEqual({ code: 'bad-request' });
  });

  it('from a server never make the phone refuse the whole message', () => {
    for (const name of ['\u3164', 'A\u202eB', 'A\u200fB', 'A\nB']) {
      expect(accepts(personSchema, { userId: randomUUID(), username: 'ada', displayName: name }), name).toBe(
        true,
      );
    }
    expect(toldNameSchema.parse('A\u202eB')).toBe('AB');
  });

  it('are kept in NFC, and parsing again changes nothing', () => {
    expect(displayNameSchema.parse(' Zoe\u0308 ')).toBe('Zo\u00eb');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 70 }), (text) => {
        const { data } = displayNameSchema.safeParse(text);
        if (data === undefined) return true;
        const length = Array.from(data).length;
        return (
          data === data.normalize('NFC') &&
          data === data.trim() &&
          length >= 1 &&
          length <= 64 &&
          !/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(data) &&
          displayNameSchema.parse(data) === data
        );
      }),
    );
  });
});

describe('passwords', () => {
  it('are only limited in length', () => {
    expect(accepts(passwordSchema, '1234567')).toBe(false);
    expect(accepts(passwordSchema, '12345678')).toBe(true);
    expect(accepts(passwordSchema, '\u0000 \u202e\n 😀 any')).toBe(true);
    expect(accepts(passwordSchema, 'x'.repeat(201))).toBe(false);
  });

  it('may be shorter at sign-in, where rules for new ones do not apply', () => {
    expect(accepts(signInSchema, { username: 'ada', password: 'x' })).toBe(true);
    expect(accepts(signUpSchema, { username: 'ada', displayName: 'Ada', password: 'x' })).toBe(false);
  });
});
