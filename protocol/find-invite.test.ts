import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findInvite, looksLikeBrokenCode } from './find-invite.ts';

const SERVER = 'https://call.example.org';
const CODES = { contact: 'AB0D-EF1H-JKMN-PQRS-TVWX', account: 'K7QM-2XPD-9F0T-4WC1' } as const;
const KINDS = ['contact', 'account'] as const;
const linkOf = { contact: '/invite/', account: '/?invite=' } as const;

/** How people paste a code. */
const WAYS: readonly [string, (code: string) => string][] = [
  ['bare', (code) => code],
  ['in lower case', (code) => code.toLowerCase()],
  ['with spaces around', (code) => ` \n${code}\t`],
  ['without hyphens', (code) => code.replaceAll('-', '')],
  ['without hyphens in lower case', (code) => code.replaceAll('-', '').toLowerCase()],
  ['with spaces for hyphens', (code) => code.replaceAll('-', ' ')],
  ['with no-break spaces', (code) => code.replaceAll('-', '\u00a0')],
  ['with en dashes', (code) => code.replaceAll('-', '\u2013')],
  ['with em dashes', (code) => code.replaceAll('-', '\u2014')],
  ['with no-break hyphens', (code) => code.replaceAll('-', '\u2011')],
  ['with minus signs', (code) => code.replaceAll('-', '\u2212')],
  ['with spaces around hyphens', (code) => code.replaceAll('-', ' - ')],
  ['with O for 0', (code) => code.replaceAll('0', 'O')],
  ['with o for 0', (code) => code.toLowerCase().replaceAll('0', 'o')],
  ['with I for 1', (code) => code.replaceAll('1', 'I')],
  ['with l for 1', (code) => code.replaceAll('1', 'l')],
  ['with a zero-width space', (code) => code.replace('-', '-\u200b')],
  ['with soft hyphens', (code) => code.replaceAll('-', '\u00ad-')],
  ['with marks of direction', (code) => `\u200e\u2068${code}\u2069`],
  ['in full width', (code) => code.replaceAll('0', '\uff10')],
  ['with a full stop', (code) => `${code}.`],
  ['in quotes', (code) => `“${code}”`],
  ['in angle brackets', (code) => `<${code}>`],
  ['in brackets', (code) => `(${code})`],
  ['as code', (code) => `\`${code}\``],
  ['after words', (code) => `Join me: ${code}`],
  ['among words', (code) => `Here is what you need, ${code}, and see you soon`],
  ['among words without hyphens', (code) => `My code is ${code.replaceAll('-', '')} okay?`],
  ['among words with spaces', (code) => `My code is ${code.replaceAll('-', ' ')} from Ada`],
  ['among Chinese words', (code) => `邀请码${code}，请收好`],
  ['over two lines', (code) => code.replace(/-(?=[^-]+$)/, '-\n')],
];

/** How people paste a link; the address is what stands before the page's path. */
const LINKS: readonly [string, (link: string) => string][] = [
  ['bare', (link) => link],
  ['in angle brackets', (link) => `<${link}>`],
  ['after words', (link) => `Join me: ${link}`],
  ['among words', (link) => `Join me at ${link}, that is where we are`],
  ['before a word of four letters', (link) => `${link} from me`],
  ['with a full stop', (link) => `${link}.`],
  ['with an exclamation mark', (link) => `${link}!`],
  ['with a slash', (link) => `${link}/`],
  ['with a fragment', (link) => `${link}#top`],
  ['with what trackers add', (link) => `${link}&utm_source=mail`],
  ['in Markdown', (link) => `[Join me](${link})`],
  ['in HTML', (link) => `<a href="${link}">Join me</a>`],
  ['without a scheme', (link) => link.replace('https://', '')],
  ['without hyphens', (link) => link.replaceAll(/-/g, '')],
  ['in lower case', (link) => link.toLowerCase()],
  ['in capitals', (link) => link.toUpperCase()],
  ['wrapped by a mail program', (link) => `https://safe.example/?url=${encodeURIComponent(link)}&data=1`],
  ['with a zero-width space', (link) => link.replace('-', '\u200b-')],
];

describe.each(KINDS)('the code for %s', (kind) => {
  const code = CODES[kind];

  it.each(WAYS)('is found %s', (_way, write) => {
    expect(findInvite(write(code))).toEqual({ kind, code, server: null });
  });

  it.each(LINKS)('is found in a link %s', (_way, write) => {
    const found = findInvite(write(SERVER + linkOf[kind] + code));
    expect(found).toMatchObject({ kind, code });
    expect(found?.server?.toLowerCase()).toMatch(/^(?:https:\/\/)?call\.example\.org$/);
  });

  it('is found in a link under a path, and behind the other kind’s page', () => {
    const other = linkOf[kind === 'contact' ? 'account' : 'contact'];
    expect(findInvite(`${SERVER}/call${linkOf[kind]}${code}`)?.server).toBe(`${SERVER}/call`);
    expect(findInvite(SERVER + other + code)).toMatchObject({ kind, code });
  });
});

it.each([
  '',
  'grace',
  'anna-lena',
  'Grace Hopper',
  'with this code from',
  'Please note my responsibilities',
  `${SERVER}/invite/ABCD`,
  '5d3c1a52-9d6f-4a53-8a53-0d1c2b3a4f5e',
  'a'.repeat(3000),
  `${' '.repeat(1999)}x`,
])('finds none in %j', (text) => {
  expect(findInvite(text)).toBeNull();
});

it.each([
  ['AB0D-EF1H-JKMN-PQRS-TVW', true],
  ['ab0d-ef1h-jkmn-pqrs-tuwx', true],
  ['K7QM-2XPD-9F0T-4W', true],
  ['anna-lena-koch', false],
  ['mike-2024', false],
])('a code that %s may have been: %s', (text, broken) => {
  expect(looksLikeBrokenCode(text)).toBe(broken);
});

it('finds any code in any spelling, and throws at no text', () => {
  const letter = fc.constantFrom(...Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ'));
  const group = fc.string({ unit: letter, minLength: 4, maxLength: 4 });
  const separators = fc.constantFrom('-', '', '\u2013', '\u200b-', ' - ');
  fc.assert(
    fc.property(fc.array(group, { minLength: 4, maxLength: 5 }), separators, (groups, separator) => {
      const kind = groups.length === 4 ? 'account' : 'contact';
      expect(findInvite(groups.join(separator))).toEqual({ kind, code: groups.join('-'), server: null });
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 3000 }), (text) => {
      findInvite(text);
    }),
  );
});

/** CPU time of this process in microseconds, which passes no faster on a busy machine. */
const cpuTime = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

/** CPU time of one search: the least of several rounds, because other work of the process only lengthens them. */
const costOf = (text: string): number => {
  const rounds = Array.from({ length: 5 }, () => {
    const start = cpuTime();
    let searches = 0;
    for (; cpuTime() - start < 4000; searches += 1) findInvite(text);
    return (cpuTime() - start) / searches;
  });
  return Math.min(...rounds);
};

it.each(['a', '0', 'AB0D-', 'ab0d ', ' ', '-', ' - ', '%41', '%25', 'a://', '/invite/', '?invite='])(
  'costs at most the square of the length up to 2,000 characters, and no more beyond, in a text of many %j',
  (piece) => {
    const [short = 0, long = 0, veryLong = 0] = [500, 2000, 20_000].map((length) =>
      costOf(piece.repeat(length).slice(0, length)),
    );
    // Four times the length costs up to 16 times as much where growth is quadratic, 64 times where it is cubic.
    expect(long / short).toBeLessThan(40);
    expect(veryLong / long).toBeLessThan(4);
  },
);
