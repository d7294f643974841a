import { createServer, type RequestListener, type Server } from 'node:http';
import { withoutPublicPath } from './public-path.ts';

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
 * @param publicPath where a proxy publishes it; empty: at the root.
 * @param timeouts other times in tests only.
 */
export const createHttpServer = (answer: RequestListener, publicPath = '', timeouts = TIMEOUTS): Server => {
  const strip = withoutPublicPath(publicPath);
  const server = createServer(
    {
      headersTimeout: timeouts.headers,
      requestTimeout: timeouts.request,
      connectionsCheckingInterval: timeouts.check,
      // A client that offers an upgrade to HTTP/2 is answered in HTTP/1.1, as RFC 9110, 7.8, allows; Node by itself
      // would upgrade.
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
    },
    (request, response) => {
      strip(request);
      answer(request, response);
    },
  );
  server.setTimeout(timeouts.silence);
  // Node removes its own listener at an upgrade, and whatever takes the socket over may add one only later. An
  // `error` without a listener would end the process.
  server.on('connection', (socket) => socket.on('error', ignore));
  // A connection that could not be accepted, for want of file descriptors, concerns its client alone.
  server.on('error', ignore);
  return server;
};
