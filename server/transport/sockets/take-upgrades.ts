import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { withoutPublicPath } from '../http/public-path.ts';
import { SOCKETS_PATH } from '../sockets-path.ts';

/** Why a websocket is not opened, as a status line; null: Socket.IO decides. */
const refusalOf = ({ url = '' }: IncomingMessage): string | null => {
  const [path, query] = url.split('?', 2);
  if (path !== `${SOCKETS_PATH}/`) return '404 Not Found';
  // A `sid` continues a session of another transport, which stays what it is: Socket.IO would skip its admission check.
  return new URLSearchParams(query).has('sid') ? '400 Bad Request' : null;
};

/**
 * Gives Socket.IO the websockets of its own path, and closes all others.
 * @param apart what `attachApart` made
 * @param publicPath where a proxy publishes the server; empty: at the root.
 */
export const takeUpgrades = (http: HttpServer, apart: HttpServer, publicPath: string): void => {
  const strip = withoutPublicPath(publicPath);
  http.on('upgrade', (request, socket, head) => {
    strip(request);
    const refusal = refusalOf(request);
    if (refusal === null) {
      apart.emit('upgrade', request, socket, head);
      return;
    }
    socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => {
      // Closes both halves of the connection, not only this one.
      socket.destroy();
    });
  });
};
