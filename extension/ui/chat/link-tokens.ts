import { tokenize } from 'linkifyjs';

/** A part of a text. `host`: the link's real host, if its text does not begin with it. */
export type TextToken =
  { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string; host: string | null };

// Chinese punctuation directly follows an address, although its characters could be part of one.
const CHINESE_SIGNS = /([\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’]+)/u;

/** The address as the browser parses it; null unless it is a web address. */
const toUrl = (href: string): URL | null => {
  try {
    const url = new URL(href);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
  } catch {
    return null;
  }
};

const toToken = (text: string, href: string): TextToken => {
  const url = toUrl(href);
  if (!url) return { kind: 'text', text };
  // A user name before the host, and letters of other scripts, can make the host look like another one.
  const plain = text.toLowerCase().replace(/^https?:\/\//u, '');
  const obvious = plain === url.host || ['/', '?', '#'].some((end) => plain.startsWith(url.host + end));
  return { kind: 'link', text, href: url.href, host: obvious ? null : url.host };
};

/** Finds web addresses in a text. Everything else, including other schemes, stays text. */
export const linkTokens = (text: string): TextToken[] =>
  text.split(CHINESE_SIGNS).flatMap((part) =>
    tokenize(part).map((token): TextToken => {
      const value = token.toString();
      return token.isLink && token.t === 'url'
        ? toToken(value, token.toHref('https'))
        : { kind: 'text', text: value };
    }),
  );
