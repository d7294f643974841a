import { createServer, type RequestListener, type Server } from 'node:http';

/** How long others may take, in milliseconds. */
export interface Timeouts {
  /** From the connection, or the request before, to the end of the headers. */
  headers: number;
  /** To the end of the body. A picture over a slow line takes its time. */
  request: number;
  /** Without a byte in either direction. A websocket has pings instead. */
  silence: number;
  /** How often the first two are looked at. */
  check: number;
}

const TIMEOUTS: Timeouts = { headers: 15_000, request: 60_000, silence: 60_000, check: 5000 };

const ignore = (): void => undefined;

/**
 * An HTTP server that no client can crash: lost connections are handled at every stage, and slow clients are cut off.
 * @param timeouts other times in tests only.
 */
export const createHttpServer = (answer: RequestListener, timeouts = TIMEOUTS): Server => {
  const server = createServer(
    {
      headersTimeout: timeouts.headers,
      requestTimeout: timeouts.request,
      connectionsCheckingInterval: timeouts.check,
      // Who offers HTTP/2 on the way is answered in HTTP/1.1, as RFC 9110, 7.8, has it; to Node it would be an upgrade.
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
    },
    answer,
  );
  server.setTimeout(timeouts.silence);
  // Node takes its own listener away with an upgrade, and who takes the socket over may take a while to add one. An
  // `error` that nobody hears would end the process.
  server.on('connection', (socket) => socket.on('error', ignore));
  // A connection that could not be accepted, for want of file descriptors, concerns who wanted to connect.
  server.on('error', ignore);
  return server;
};
