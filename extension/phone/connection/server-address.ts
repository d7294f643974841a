import { findInvite } from '../../../protocol/find-invite.ts';
import { cleanLine, codePointOf, refusedIn } from '../../../protocol/one-line.ts';
import type { NamedCharacter } from '../../ipc/command-result.ts';
import type { ServerChoice } from '../../ipc/protocol.ts';
import { reachOf } from './reach.ts';

export type ServerAddress =
  | {
      ok: true;
      /** `http(s)://host[:port][/path]` */
      serverUrl: string;
    }
  | { ok: false; code: 'bad-address' | 'insecure-address' | 'invite-without-address' | NamedCharacter };

/** What a host can be. URL parsers differ here: some take a space for part of a name and escape it. */
const HOST = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])$/;

/** Pages and requests of the server's own, which people copy from a browser or a monitor. */
const OWN_PAGES =
  /\/(?:healthz|readyz|metrics|api\/.*|socket\.io(?:\/.*)?|oidc\/.*|invite(?:\/.*)?|quick-call-extension\.zip|index\.html)?$/;

/** Isolates and embeddings around a part of an address: whoever wrote them meant nothing by it. */
const DIRECTIONS = /[\u202a-\u202c\u2066-\u2069]/g;

/** Finds the address in pasted text: the start of an invite link, or the only address in a sentence. */
const addressIn = (typed: string): string | null => {
  const invite = findInvite(typed);
  if (invite) return invite.server;
  const text = /\s/.test(typed) ? (/https?:\/\/[^\s<>"']+/i.exec(typed)?.[0] ?? typed) : typed;
  return text.replace(/^[<("'“‘]+/, '').replace(/[>)"'”’.,;!]+$/, '');
};

const parse = (text: string): { url: URL; hasScheme: boolean } | null => {
  const hasScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(text);
  const url = URL.parse(hasScheme ? text.replace(/^ws/i, 'http') : `http://${text}`);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  // A dot at the end means the root of all names: hardly anybody writes it, but a sentence ends so.
  url.hostname = url.hostname.replace(/\.$/, '');
  url.pathname = url.pathname.replace(OWN_PAGES, '').replace(/\/+$/, '');
  const isBare = url.search === '' && url.hash === '';
  const hasSecrets = url.username !== '' || url.password !== '';
  return isBare && !hasSecrets && HOST.test(url.hostname) ? { url, hasScheme } : null;
};

/**
 * Turns what a person types or pastes (`example.org`, `localhost:3000`, `https://example.org/call/`, a link to an invite)
 * into the address of a server. TLS everywhere but on this machine: a local network goes without only once confirmed, the
 * open internet never.
 */
export const parseServerAddress = ({ serverUrl, insecureConfirmed }: ServerChoice): ServerAddress => {
  const typed = cleanLine(serverUrl).replaceAll(DIRECTIONS, '');
  const refused = refusedIn(typed);
  if (refused !== null) return { ok: false, code: `bad-character ${codePointOf(refused)}` };
  const address = addressIn(typed);
  if (address === null) return { ok: false, code: 'invite-without-address' };
  const parsed = parse(address);
  if (!parsed) return { ok: false, code: 'bad-address' };
  const { url, hasScheme } = parsed;
  const path = url.pathname === '/' ? '' : url.pathname;
  if (url.protocol === 'https:') return { ok: true, serverUrl: url.origin + path };
  switch (reachOf(url.hostname)) {
    case 'loopback':
      return { ok: true, serverUrl: url.origin + path };
    case 'private':
      return insecureConfirmed
        ? { ok: true, serverUrl: url.origin + path }
        : { ok: false, code: 'insecure-address' };
    case 'public':
      // With `http://` and a port the person means a server without TLS, to which this phone does not connect.
      if (hasScheme && url.port !== '') return { ok: false, code: 'bad-address' };
      return { ok: true, serverUrl: `https://${url.host}${path}` };
  }
};
