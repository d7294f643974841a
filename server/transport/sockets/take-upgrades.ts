import { createServer, type IncomingMessage, type Server as HttpServer } from 'node:http';
import type { PhoneServer } from './typed-io.ts';

/** Why a websocket is not opened, as a status line; null: Socket.IO decides. */
const refusalOf = ({ url = '' }: IncomingMessage): string | null => {
  const [path, query] = url.split('?', 2);
  if (path !== '/socket.io/') return '404 Not Found';
  // A `sid` continues a session of another transport, and there is no other: Socket.IO would skip its admission
  // check.
  return new URLSearchParams(query).has('sid') ? '400 Bad Request' : null;
};

/**
 * Gives Socket.IO the websockets of its own path, and closes all others. It is not attached to the server itself:
 * there it would answer plain requests, too, and leave foreign websockets open for a while, with nobody to hear of
 * their errors.
 */
export const takeUpgrades = (http: HttpServer, io: PhoneServer): void => {
  const neverListens = createServer();
  io.attach(neverListens);
  http.on('upgrade', (request, socket, head) => {
    const refusal = refusalOf(request);
    if (refusal === null) {
      neverListens.emit('upgrade', request, socket, head);
      return;
    }
    socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => {
      // Closes both halves of the connection, not only this one.
      socket.destroy();
    });
  });
};
