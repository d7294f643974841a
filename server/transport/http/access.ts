import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { hostOfHeader } from './hosts.ts';

/** Who sent a request, by its `Origin`. */
type Origin = 'none' | 'extension' | 'other';

const EXTENSION_ORIGIN = /^(?:chrome|moz)-extension:\/\/([\w-]{1,64})$/;

/** @param ids of the extensions that are admitted; empty: any. */
const originOf = (header: string | undefined, ids: ReadonlySet<string>): Origin => {
  if (header === undefined) return 'none';
  const id = EXTENSION_ORIGIN.exec(header)?.[1];
  return id !== undefined && (ids.size === 0 || ids.has(id)) ? 'extension' : 'other';
};

/** Whether a request is served; `origin` is the extension's whose script may read the answer. */
export type Access = { ok: true; origin: string | null } | { ok: false };

/** How many unknown hosts are reported: an operator needs the first, and nobody needs a flood. */
const TOLD_HOSTS = 20;

/**
 * Decides who may talk to the server at all. Browsers name a page's origin in what its scripts send and on each
 * WebSocket, which CORS does not cover: only the origins of extensions pass, so that no web page can use a person's
 * place in the network. A `Host` that is neither an address, nor this machine, nor a name the operator knows is DNS
 * rebinding: a page's own name that resolves to this server's address. With `extensionIds` no other extension
 * passes, and a WebSocket must name one of them: that keeps other extensions of a person's out, not programs, which
 * can claim to be anything.
 */
export const createAccess = (settings: {
  host: string;
  allowedHosts: readonly string[];
  extensionIds: readonly string[];
  /** Called once for each unknown name, up to {@link TOLD_HOSTS} names: an operator may want to allow it. */
  onUnknownHost: (host: string) => void;
}): ((request: IncomingMessage) => Access) => {
  const names = new Set(['localhost', settings.host.toLowerCase(), ...settings.allowedHosts]);
  const knows = (host: string): boolean => isIP(host) !== 0 || names.has(host) || host.endsWith('.localhost');
  const ids = new Set(settings.extensionIds);
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
    const origin = originOf(headers.origin, ids);
    if (origin === 'other') return { ok: false };
    if (origin === 'none' && ids.size > 0 && headers.upgrade !== undefined) return { ok: false };
    return { ok: true, origin: origin === 'extension' ? (headers.origin ?? null) : null };
  };
};
