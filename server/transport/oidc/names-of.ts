import { displayNameSchema, usernameSchema } from '../../../protocol/account/account.ts';
import { harmlessLine } from '../../../protocol/one-line.ts';
import type { Claims } from './provider.ts';

type NameClaims = Pick<Claims, 'subject' | 'preferredUsername' | 'name'>;

/** How many names are tried before a random one. */
const NUMBERED = 20;
const LONGEST = 32;

/** The part of a provider's name that a username can hold; null: too little is left. */
const toUsername = (text: string): string | null => {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    // A mail address is not shown to others: its local part becomes the name.
    .replace(/@.*$/s, '')
    .replaceAll(/\s+/g, '.')
    .replaceAll(/[^a-z0-9._-]/g, '')
    .slice(0, LONGEST);
  return usernameSchema.safeParse(plain).data ?? null;
};

/** The name, or only its local part if the name is nothing but a mail address. */
const withoutDomain = (name: string): string => /^([^\s@＠]+)[@＠][^\s@＠]+$/u.exec(name)?.[1] ?? name;

/** The display names that earlier versions made of what a provider says: they kept the domain of a mail address. */
export const formerNamesOf = ({ preferredUsername, name }: NameClaims): string[] =>
  [name, preferredUsername].flatMap((text) => displayNameSchema.safeParse(text).data ?? []);

/** The display name that a provider tells of a person, the same each time; null: it tells none that could be shown. */
export const displayNameOf = ({ preferredUsername, name }: NameClaims): string | null =>
  [name, preferredUsername]
    .flatMap((text) => displayNameSchema.safeParse(text && withoutDomain(harmlessLine(text))).data ?? [])
    .find(Boolean) ?? null;

/**
 * The names of a new account, from what the provider says of the person: a
 * display name, and usernames in the order in which they are tried until one
 * is free.
 * @param random makes a hexadecimal string that nobody has.
 */
export const namesOf = (
  claims: NameClaims,
  random: () => string,
): { displayName: string; usernames: string[] } => {
  const { preferredUsername, name } = claims;
  const base = [preferredUsername, name].map((text) => text && toUsername(text)).find(Boolean) ?? 'user';
  const numbered = Array.from({ length: NUMBERED }, (_, i) => {
    const suffix = i === 0 ? '' : String(i + 1);
    return base.slice(0, LONGEST - suffix.length) + suffix;
  });
  return {
    displayName: displayNameOf(claims) ?? base,
    usernames: [...numbered, `user-${random().slice(0, LONGEST - 'user-'.length)}`].filter(
      (username) => usernameSchema.safeParse(username).success,
    ),
  };
};
