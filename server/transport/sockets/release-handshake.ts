import type { PhoneSocket } from './typed-io.ts';

/**
 * Lets go of what a connection came with and is not needed any more: the HTTP request with its headers, which is a good
 * part of what a connection costs, and the token. After the handshake, once.
 */
export const releaseHandshake = ({ handshake, conn }: Pick<PhoneSocket, 'handshake' | 'conn'>): void => {
  Object.assign(handshake, { headers: {}, query: {}, auth: {} });
  // As https://socket.io/docs/v4/memory-usage/ advises.
  Object.assign(conn, { request: null });
};
