import { cleanLine, codePointOf, refusedIn } from '../../../protocol/one-line.ts';
import type { NamedCharacter } from '../../ipc/command-result.ts';
import type { ServerChoice } from '../../ipc/protocol.ts';

/** Where a host is, as far as its name tells: on this machine, in the local network, or anywhere. */
type Reach = 'loopback' | 'private' | 'public';

export type ServerAddress =
  | { ok: true; /** `http(s)://host[:port]` */ origin: string }
  | { ok: false; code: 'bad-address' | 'insecure-address' | NamedCharacter };

const octetsOf = (host: string): number[] | null =>
  /^\d+\.\d+\.\d+\.\d+$/.test(host) ? host.split('.').map(Number) : null;

/** By RFC 1918, 3927, 6598 (IPv4), 4193, 4291 (IPv6), 6761, 6762 and 8375 (names). */
const reachOf = (host: string): Reach => {
  if (host === 'localhost' || host.endsWith('.localhost') || host === '[::1]') return 'loopback';
  const octets = octetsOf(host);
  if (octets) {
    const [a = 0, b = 0] = octets;
    if (a === 127) return 'loopback';
    const isPrivate =
      a === 10 ||
      (a === 172 && b >= 16 && b <= 31) ||
      (a === 192 && b === 168) ||
      (a === 169 && b === 254) ||
      (a === 100 && b >= 64 && b <= 127);
    return isPrivate ? 'private' : 'public';
  }
  if (host.startsWith('['))
    return /^\[f(?:[cd][0-9a-f]{2}|e[89ab][0-9a-f]):/.test(host) ? 'private' : 'public';
  const isLocalName = !host.includes('.') || host.endsWith('.local') || host.endsWith('.home.arpa');
  return isLocalName ? 'private' : 'public';
};

/** What a host can be. URL parsers differ here: some take a space for part of a name and escape it. */
const HOST = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])$/;

const parse = (text: string): { url: URL; hasScheme: boolean } | null => {
  const hasScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(text);
  const url = URL.parse(hasScheme ? text.replace(/^ws/i, 'http') : `http://${text}`);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  const isBare = url.pathname === '/' && url.search === '' && url.hash === '';
  const hasSecrets = url.username !== '' || url.password !== '';
  return isBare && !hasSecrets && HOST.test(url.hostname) ? { url, hasScheme } : null;
};

/**
 * Turns what a person types (`example.org`, `localhost:3000`, `https://calls.example.org/`) into an
 * origin. TLS everywhere but on this machine: a local network goes without only once confirmed, the
 * open internet never.
 */
export const parseServerAddress = ({ serverUrl, insecureConfirmed }: ServerChoice): ServerAddress => {
  const typed = cleanLine(serverUrl);
  const refused = refusedIn(typed);
  if (refused !== null) return { ok: false, code: `bad-character ${codePointOf(refused)}` };
  const parsed = parse(typed);
  if (!parsed) return { ok: false, code: 'bad-address' };
  const { url, hasScheme } = parsed;
  if (url.protocol === 'https:') return { ok: true, origin: url.origin };
  switch (reachOf(url.hostname)) {
    case 'loopback':
      return { ok: true, origin: url.origin };
    case 'private':
      return insecureConfirmed ? { ok: true, origin: url.origin } : { ok: false, code: 'insecure-address' };
    case 'public':
      // With a port the person means a server without TLS, which is not spoken to.
      if (hasScheme && url.port !== '') return { ok: false, code: 'bad-address' };
      return { ok: true, origin: `https://${url.host}` };
  }
};
