import { resolve } from 'node:path';

/** The database that a server uses. */
export type DatabaseSettings =
  /** `file`: an absolute path, or `:memory:`. */
  | { kind: 'sqlite'; file: string }
  /** `url`: as libpq takes it; it may hold a password. */
  | { kind: 'postgres'; url: string };

/** What `readDatabaseUrl` accepts, in words for the operator. */
export const DATABASE_URL_RULE =
  'must be sqlite: and a file, as in sqlite:data/quick-call.db, or postgres://USER@HOST/DATABASE';

/** The database that an address names, or null if the address is invalid. Opens nothing. */
export const readDatabaseUrl = (address: string): DatabaseSettings | null => {
  if (/^sqlite:./.test(address)) {
    const file = address.slice('sqlite:'.length);
    return { kind: 'sqlite', file: file === ':memory:' ? file : resolve(file) };
  }
  const url = URL.parse(address);
  if (!url || !/^postgres(?:ql)?:$/.test(url.protocol)) return null;
  // An address without a host is libpq's way to name a socket's folder.
  if (url.hostname === '' && !url.searchParams.has('host')) return null;
  return /^\/[^/]+$/.test(url.pathname) ? { kind: 'postgres', url: address } : null;
};
