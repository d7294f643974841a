import type { Server } from 'node:http';
import * as z from 'zod';
import { ConfigError } from '../../config-error.ts';

const systemErrorSchema = z.object({ code: z.string() });

/** The settings that host and port come from, to be named when the server cannot listen there. */
const SETTINGS = { host: 'HOST', port: 'PORT' };

const wrongSetting = (
  code: string,
  { host, port }: { host: string; port: number },
  names: typeof SETTINGS,
): string => {
  switch (code) {
    case 'EADDRINUSE':
      return `${names.port}: ${String(port)} is taken by another program`;
    case 'EACCES':
      return `${names.port}: this user may not listen on ${String(port)}`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${names.host}: this machine has no address ${host}`;
    default:
      return `${names.host}, ${names.port}: cannot listen on ${host} ${String(port)}: ${code}`;
  }
};

/**
 * How many connections may wait to be accepted: after a restart all phones come at once, and those over it are
 * dropped. Node's own default is 511; the system may set a lower bound (`net.core.somaxconn`).
 */
const BACKLOG = 4096;

/**
 * Listens; returns the port, which differs from the wished one when that is 0.
 * @param names the settings that the wish comes from.
 * @throws ConfigError
 */
export const listen = (
  server: Server,
  wish: { host: string; port: number },
  names = SETTINGS,
): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const { data } = systemErrorSchema.safeParse(error);
      reject(new ConfigError(wrongSetting(data?.code ?? 'unknown', wish, names), { cause: error }));
    });
    server.listen({ port: wish.port, host: wish.host, backlog: BACKLOG }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : wish.port);
    });
  });
