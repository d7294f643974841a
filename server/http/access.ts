import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { hostOfHeader } from '../hosts.ts';

/** Which side of the door a request stands on, by its `Origin`. */
type Origin = 'none' | 'extension' | 'other';

const EXTENSION_ORIGIN = /^(?:chrome|moz)-extension:\/\/[\w-]{1,64}$/;

const originOf = (header: string | undefined): Origin => {
  if (header === undefined) return 'none';
  return EXTENSION_ORIGIN.test(header) ? 'extension' : 'other';
};

/** Whether a request is served; `origin` is the extension's whose script may read the answer. */
export type Access = { ok: true; origin: string | null } | { ok: false };

/** How many unknown hosts are told of: an operator needs the first, and nobody a flood. */
const TOLD_HOSTS = 20;

/**
 * Decides who may talk to the server at all. Browsers tell every page's origin
 * with what it sends by script and on each WebSocket, which CORS does not cover:
 * only extensions' pass, so that no web page can use a person's network place.
 * A `Host` that is neither an address, nor this machine, nor a name the operator
 * knows is DNS rebinding: a page's own name turned to this server's address.
 */
export const createAccess = (settings: {
  host: string;
  allowedHosts: readonly string[];
  /** Called once for each name that is not known: an operator may want to allow it. */
  onUnknownHost: (host: string) => void;
}): ((request: IncomingMessage) => Access) => {
  const names = new Set(['localhost', settings.host.toLowerCase(), ...settings.allowedHosts]);
  const knows = (host: string): boolean => isIP(host) !== 0 || names.has(host) || host.endsWith('.localhost');
  const told = new Set<string>();
  const tell = (host: string): void => {
    if (told.has(host) || told.size >= TOLD_HOSTS) return;
    told.add(host);
    settings.onUnknownHost(host);
  };
  return ({ headers }) => {
    const host = hostOfHeader(headers.host ?? '');
    if (host === null) return { ok: false };
    if (!knows(host)) {
      tell(host);
      return { ok: false };
    }
    const origin = originOf(headers.origin);
    if (origin === 'other') return { ok: false };
    return { ok: true, origin: origin === 'extension' ? (headers.origin ?? null) : null };
  };
};
