// This module imports no schema library, because pages use it and otherwise load none.

/** An invite code in a text that somebody has pasted. */
export interface FoundInvite {
  /** `account`: creates an account at a server. `contact`: makes two people contacts. */
  kind: 'account' | 'contact';
  /** As it was made: upper case, in groups of four. */
  code: string;
  /** What stands before the code in a link, as in `https://example.org/call`; null: there is no link. */
  server: string | null;
}

/** The most characters to search, so that a long text pasted by mistake costs little. */
const LONGEST = 2000;
const LETTERS = { account: 16, contact: 20 } as const;

/** Crockford's Base32 as people write it, with the letters that are read as digits. */
const LETTER = '[0-9A-TV-Z]';
/** The code must not be part of a longer token, such as a UUID. */
const ALONE = { before: '(?<![0-9A-Za-z]-?)', after: '(?!-?[0-9A-Za-z])' } as const;
const GROUPED = `(${LETTER}{4}(?:-?${LETTER}{4}){3,4})${ALONE.after}`;

/** Marks the place of a code in the links of a server's two pages. */
const IN_LINK = new RegExp(`(?:/invite/|/?[?&#]invite=)${GROUPED}`, 'i');
/** A line may be broken at a hyphen. */
const WITH_HYPHENS = new RegExp(
  `${ALONE.before}(${LETTER}{4}(?:\\s{0,3}-\\s{0,3}${LETTER}{4}){3,4})${ALONE.after}`,
  'i',
);
const SOLID = new RegExp(`${ALONE.before}(?=[^\\s\\d]*\\d)${GROUPED}`, 'i');
/**
 * All letters have the same case, because an ordinary word of four letters may follow. A digit must be near, because
 * ordinary words have spaces between them, too.
 */
const WITH_SPACES = ['0-9A-TV-Z', '0-9a-tv-z'].map(
  (letters) =>
    new RegExp(
      `${ALONE.before}(?=[^\\d]{0,30}\\d)([${letters}]{4}(?:\\s{1,3}[${letters}]{4}){3,4})${ALONE.after}`,
    ),
);
/**
 * The text is a code and nothing else. A code with spaces must hold a digit, because ordinary words have spaces
 * between them, too.
 */
const WHOLE = new RegExp(`^[^0-9A-Za-z]*(${LETTER}(?:-?${LETTER})+)[^0-9A-Za-z]*$`, 'i');
const WHOLE_WITH_SPACES = new RegExp(
  `^[^0-9A-Za-z]*(?=\\D*\\d)(${LETTER}(?:[\\s-]{0,3}${LETTER})+)[^0-9A-Za-z]*$`,
  'i',
);

/** Links are escaped when they are put into other links. */
const unescaped = (text: string): string =>
  text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });

/** Normalises the text: plain letters, a hyphen for every dash, and no invisible characters. */
const readable = (typed: string): string =>
  unescaped(unescaped(typed.slice(0, LONGEST)))
    .normalize('NFKC')
    .replaceAll(/[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/gu, '')
    .replaceAll(/[\p{Dash_Punctuation}\u2212]/gu, '-');

/** The letters of a code, however it was typed: other case, no groups, other dashes, O for 0, I and L for 1. */
export const codeLetters = (typed: string): string =>
  readable(typed).toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');

const inviteOf = (typed: string, server: string | null): FoundInvite | null => {
  const letters = codeLetters(typed);
  const code = (letters.match(/.{4}/g) ?? []).join('-');
  if (letters.length === LETTERS.account) return { kind: 'account', code, server };
  return letters.length === LETTERS.contact ? { kind: 'contact', code, server } : null;
};

/** The address that a link begins with; the innermost one where mail programs wrap links into others. */
const serverBefore = (text: string): string | null => {
  const [last = ''] = /[^\s<>"'()]*$/.exec(text) ?? [];
  const address = last.slice(Math.max(0, last.search(/[a-z]+:\/\/(?!.*:\/\/)/i)));
  return address === '' ? null : address;
};

/**
 * Finds the invite code in what a person pastes: the code in whatever spelling, a link to one of the server's two pages,
 * or a sentence around either.
 */
export const findInvite = (typed: string): FoundInvite | null => {
  const text = readable(typed);
  const link = IN_LINK.exec(text);
  if (link?.[1] !== undefined) return inviteOf(link[1], serverBefore(text.slice(0, link.index)));
  for (const pattern of [WHOLE, WHOLE_WITH_SPACES, WITH_HYPHENS, SOLID, ...WITH_SPACES]) {
    const found = pattern.exec(text)?.[1];
    const invite = found === undefined ? null : inviteOf(found, null);
    if (invite) return invite;
  }
  return null;
};

/** Whether a text looks like a code that lost a letter or two on its way, or got one wrong: groups with digits among them. */
export const looksLikeBrokenCode = (typed: string): boolean => {
  const text = readable(typed).trim();
  const letters = codeLetters(text).length;
  return /^(?=.*\d)[0-9a-z]{1,5}(?:-[0-9a-z]{1,5}){3,4}$/i.test(text) && letters >= 14 && letters <= 22;
};
