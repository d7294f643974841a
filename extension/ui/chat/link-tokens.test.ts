import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkTokens } from './link-tokens.ts';

const links = (text: string) => linkTokens(text).filter((token) => token.kind === 'link');

describe('linkTokens', () => {
  it('finds addresses without the punctuation around them', () => {
    expect(linkTokens('see https://example.org/a?b=c#d, or www.example.com.')).toEqual([
      { kind: 'text', text: 'see ' },
      { kind: 'link', text: 'https://example.org/a?b=c#d', href: 'https://example.org/a?b=c#d', host: null },
      { kind: 'text', text: ', or ' },
      { kind: 'link', text: 'www.example.com', href: 'https://www.example.com/', host: null },
      { kind: 'text', text: '.' },
    ]);
  });

  it('ends an address at Chinese punctuation', () => {
    expect(links('（https://a.example/b）。见https://c.example！').map(({ text }) => text)).toEqual([
      'https://a.example/b',
      'https://c.example',
    ]);
  });

  it.each([
    ['a name before the host', 'https://bank.example@evil.example/login', 'evil.example'],
    ['letters that look like others', 'https://аpple.com/', 'xn--pple-43d.com'],
    ['the default port', 'http://192.168.1.5:80/', '192.168.1.5'],
  ])('shows the real host of a link that hides it behind %s', (_what, text, host) => {
    expect(links(text)).toMatchObject([{ host }]);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://example.org/x',
    'mailto:a@example.org',
    'file:///etc/x',
    'chrome://settings',
    'a@example.org',
  ])('makes no link of %s', (text) => {
    expect(links(text)).toEqual([]);
  });

  it('loses no character, and links only to the web, whatever the text', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('https://', 'javascript:', '//', '@', '。', 'example.org', ':', '"><img src=x>'),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join('');
        const tokens = linkTokens(text);
        expect(tokens.map((token) => token.text).join('')).toBe(text);
        for (const token of tokens) if (token.kind === 'link') expect(token.href).toMatch(/^https?:\/\//);
      }),
    );
  });
});
