import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

/** The least that two pages need to find each other: it sends each message of one page to the other. */
export interface Relay {
  /** The address of the relay and of an empty page, which may therefore talk to it. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a relay, by default on this machine and any free port. */
export const startRelay = async ({ host = '127.0.0.1', port = 0 } = {}): Promise<Relay> => {
  const http = createServer((_request, answer) => {
    answer.setHeader('content-type', 'text/html').end('<!doctype html><title>Bare page</title>');
  });
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
  sockets.on('connection', (from) => {
    from.on('message', (data, isBinary) => {
      for (const to of sockets.clients) if (to !== from) to.send(data, { binary: isBinary });
    });
  });
  http.listen(port, host);
  await once(http, 'listening');
  // A listening TCP server has an address with a port.
  const address = http.address() as AddressInfo;
  return {
    url: `http://${host}:${String(address.port)}/`,
    async close() {
      for (const client of sockets.clients) client.terminate();
      http.close();
      http.closeAllConnections();
      await once(http, 'close');
    },
  };
};
