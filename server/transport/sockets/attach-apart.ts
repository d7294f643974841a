import { createServer, type Server as HttpServer } from 'node:http';
import type { PhoneServer } from './typed-io.ts';

/**
 * Attaches Socket.IO to a server that never listens, and hands out that server: what may reach Socket.IO is emitted
 * there. Attached to the real server it would answer every plain request for its path, and leave foreign websockets open
 * for a while, with nobody to hear of their errors.
 */
export const attachApart = (io: PhoneServer): HttpServer => {
  const apart = createServer();
  io.attach(apart);
  return apart;
};
