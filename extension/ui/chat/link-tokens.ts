import { tokenize } from 'linkifyjs';

/** A part of a text. `host`: where a link really goes, when its text does not begin by saying so. */
export type TextToken =
  { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string; host: string | null };

// Chinese text puts its own signs right behind an address, which could all be part of one.
const CHINESE_SIGNS = /([\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’]+)/u;

/** The address as the browser reads it; null unless it is one of the web. */
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
  // What is before the host (a name, as in a mailbox) and letters of other scripts can make it look like another.
  const plain = text.toLowerCase().replace(/^https?:\/\//u, '');
  const obvious = plain === url.host || ['/', '?', '#'].some((end) => plain.startsWith(url.host + end));
  return { kind: 'link', text, href: url.href, host: obvious ? null : url.host };
};

/** Finds web addresses in a text. Everything else, other schemes too, stays text. */
export const linkTokens = (text: string): TextToken[] =>
  text.split(CHINESE_SIGNS).flatMap((part) =>
    tokenize(part).map((token): TextToken => {
      const value = token.toString();
      return token.isLink && token.t === 'url'
        ? toToken(value, token.toHref('https'))
        : { kind: 'text', text: value };
    }),
  );
