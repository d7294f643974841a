import type { PhoneSocket } from './typed-io.ts';

/**
 * Frees what a connection does not need after its handshake: the HTTP request with its headers, which is a good part
 * of a connection's memory, and the token. Call it once.
 */
export const releaseHandshake = ({ handshake, conn }: Pick<PhoneSocket, 'handshake' | 'conn'>): void => {
  Object.assign(handshake, { headers: {}, query: {}, auth: {} });
  // As https://socket.io/docs/v4/memory-usage/ advises.
  Object.assign(conn, { request: null });
};
