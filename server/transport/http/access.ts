import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { SOCKETS_PATH } from '../sockets-path.ts';
import { hostOfHeader } from './hosts.ts';

/** Who sent a request, by its `Origin`. */
type Origin = { kind: 'none' } | { kind: 'extension'; id: string; text: string } | { kind: 'page' };

const EXTENSION_ORIGIN = /^(?:chrome|moz)-extension:\/\/([\w-]{1,64})$/;

const originOf = (text: string | undefined): Origin => {
  if (text === undefined) return { kind: 'none' };
  const id = EXTENSION_ORIGIN.exec(text)?.[1];
  return id === undefined ? { kind: 'page' } : { kind: 'extension', id, text };
};

/**
 * Whether a request is served; `origin` is the extension's whose script may read the answer. An extension that is not
 * admitted may read the refusal, so that it can tell its person.
 */
export interface Access {
  ok: boolean;
  origin: string | null;
}

/** How many unknown hosts are reported: an operator needs the first, and nobody needs a flood. */
const TOLD_HOSTS = 20;

/**
 * Decides who may talk to the server at all. Browsers name a page's origin in what its scripts send and on each
 * WebSocket, which CORS does not cover: only the origins of extensions pass, so that no web page can use a person's
 * place in the network. A `Host` that is neither an address, nor this machine, nor a name the operator knows is DNS
 * rebinding: a page's own name that resolves to this server's address. With `extensionIds` no other extension
 * passes, and a phone's connection must name one of them: that keeps other extensions of a person's out, not programs, which
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
  return ({ headers, url }) => {
    const host = hostOfHeader(headers.host ?? '');
    const origin = originOf(headers.origin);
    const decide = (ok: boolean): Access => ({
      ok,
      origin: origin.kind === 'extension' ? origin.text : null,
    });
    if (host === null) return decide(false);
    if (!knows(host)) {
      tell(host);
      return decide(false);
    }
    switch (origin.kind) {
      case 'page':
        return decide(false);
      case 'extension':
        return decide(ids.size === 0 || ids.has(origin.id));
      case 'none':
        return decide(ids.size === 0 || !(headers.upgrade !== undefined || url?.startsWith(SOCKETS_PATH)));
    }
  };
};
