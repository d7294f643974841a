import type { Server } from 'node:http';
import * as z from 'zod';
import { ConfigError } from './config-error.ts';

const systemErrorSchema = z.object({ code: z.string() });

const wrongSetting = (code: string, { host, port }: { host: string; port: number }): string => {
  switch (code) {
    case 'EADDRINUSE':
      return `PORT: ${String(port)} is taken by another program`;
    case 'EACCES':
      return `PORT: this user may not listen on ${String(port)}`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST: this machine has no address ${host}`;
    default:
      return `HOST, PORT: cannot listen on ${host} ${String(port)}: ${code}`;
  }
};

/**
 * How many connections may wait to be accepted: after a restart all phones come at once, and those over it are
 * dropped. Node's own default is 511; the system may set a lower bound (`net.core.somaxconn`).
 */
const BACKLOG = 4096;

/**
 * Listens; returns the port, which differs from the wished one when that is 0.
 * @throws ConfigError
 */
export const listen = (server: Server, wish: { host: string; port: number }): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const { data } = systemErrorSchema.safeParse(error);
      reject(new ConfigError(wrongSetting(data?.code ?? 'unknown', wish), { cause: error }));
    });
    server.listen({ port: wish.port, host: wish.host, backlog: BACKLOG }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : wish.port);
    });
  });
