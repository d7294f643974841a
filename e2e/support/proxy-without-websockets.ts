import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { passRequest } from './pass-request.ts';

/**
 * A proxy that passes plain requests on and lets no websocket through.
 * @param how it refuses one, or never answers
 */
export const startProxyWithoutWebsockets = async (
  serverUrl: string,
  how: 'refuses' | 'is silent',
): Promise<{ url: string; close: () => Promise<void> }> => {
  const upstream = new URL(serverUrl);
  const http = createServer((from, to) => {
    passRequest(upstream, from, to);
  });
  const held = new Set<() => void>();
  http.on('upgrade', (_request, socket) => {
    if (how === 'refuses') socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
    else held.add(() => socket.destroy());
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  // A listening TCP server has an address with a port.
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    async close() {
      for (const end of held) end();
      http.close();
      http.closeAllConnections();
      await once(http, 'close');
    },
  };
};
