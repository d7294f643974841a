import { randomInt } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import type { PhoneServer } from './typed-io.ts';

/** Phones come back spread over this time, in milliseconds, so that a restarted server is not stormed. */
const RECONNECT_WITHIN = { from: 1000, to: 5000 } as const;
/** How long phones may take to hear it, in milliseconds. */
const CLOSING = 1500;

/**
 * Tells every phone when to come back and closes its connection in a way after
 * which clients reconnect; then closes the HTTP server.
 */
export const drainPhones = async (io: PhoneServer, http: HttpServer): Promise<void> => {
  for (const socket of io.sockets.sockets.values()) {
    socket.emit('server:draining', { reconnectIn: randomInt(RECONNECT_WITHIN.from, RECONNECT_WITHIN.to) });
    socket.conn.close();
  }
  const closed = new Promise<void>((resolve) => {
    http.close(() => {
      resolve();
    });
  });
  http.closeIdleConnections();
  const late = setTimeout(() => {
    io.engine.close();
    http.closeAllConnections();
  }, CLOSING);
  await closed;
  clearTimeout(late);
};
