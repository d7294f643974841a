import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayNameSchema, usernameSchema } from '../../../protocol/account/account.ts';
import { namesOf } from './names-of.ts';

const random = () => 'f'.repeat(64);
const first = (preferredUsername: string | null, name: string | null) => {
  const { displayName, usernames } = namesOf({ subject: 's', preferredUsername, name }, random);
  return [displayName, usernames[0]];
};

describe('names of a new account', () => {
  it('are the provider’s where they fit', () => {
    expect(first('Ada.L', 'Ada Lovelace')).toEqual(['Ada Lovelace', 'ada.l']);
  });

  it('leave out what a username cannot have', () => {
    expect(first('José Núñez', 'José')).toEqual(['José', 'jose.nunez']);
    expect(first('ada@example.org', null)).toEqual(['ada', 'ada']);
    expect(first('xyz', 'Ada.Lovelace@mail.example.org')).toEqual(['Ada.Lovelace', 'xyz']);
    expect(first('xyz', 'ada＠example.org')).toEqual(['ada', 'xyz']);
    expect(first('xyz', 'Ada @ Example')).toEqual(['Ada @ Example', 'xyz']);
    expect(first('xyz', '@ada')).toEqual(['@ada', 'xyz']);
  });

  it('come from the display name, or from nothing, where the provider gives no username', () => {
    expect(first(null, 'Grace Hopper')).toEqual(['Grace Hopper', 'grace.hopper']);
    expect(first(null, '王小明')).toEqual(['王小明', 'user']);
    expect(first(null, null)).toEqual(['user', 'user']);
  });

  it('lose characters that would do harm, and need something visible', () => {
    expect(first('ada', 'A\u202eda\u200b')).toEqual(['Ada', 'ada']);
    expect(first('ada', '\u3164')).toEqual(['ada', 'ada']);
  });

  it('go on with numbers, and end with one that nobody has', () => {
    const { usernames } = namesOf({ subject: 's', preferredUsername: 'ada', name: null }, random);
    expect(usernames.slice(0, 3)).toEqual(['ada', 'ada2', 'ada3']);
    expect(usernames.at(-1)).toBe(`user-${'f'.repeat(27)}`);
  });

  it('are always valid for an account', () => {
    const text = fc.option(fc.string({ unit: 'grapheme', maxLength: 300 }), { nil: null });
    fc.assert(
      fc.property(text, text, (preferredUsername, name) => {
        const { displayName, usernames } = namesOf({ subject: 's', preferredUsername, name }, random);
        expect(displayNameSchema.parse(displayName)).toBe(displayName);
        expect(usernames.length).toBeGreaterThan(1);
        for (const username of usernames) expect(usernameSchema.parse(username)).toBe(username);
      }),
    );
  });
});
