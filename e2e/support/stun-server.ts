import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const MAGIC = 0x2112a442;
const BINDING_REQUEST = 0x0001;
const BINDING_SUCCESS = 0x0101;
const XOR_MAPPED_ADDRESS = 0x0020;
/** The address that it reports to every client, from a range reserved for documentation (RFC 5737). */
const TOLD = { address: 0xcb_00_71_07, port: 40_000 };

/** The answer to a binding request (RFC 8489); null to anything else. */
const answerTo = (request: Buffer): Buffer | null => {
  if (request.length < 20 || request.readUInt16BE(0) !== BINDING_REQUEST) return null;
  const answer = Buffer.alloc(32);
  answer.writeUInt16BE(BINDING_SUCCESS, 0);
  answer.writeUInt16BE(12, 2);
  request.copy(answer, 4, 4, 20);
  answer.writeUInt16BE(XOR_MAPPED_ADDRESS, 20);
  answer.writeUInt16BE(8, 22);
  answer.writeUInt16BE(1, 24);
  answer.writeUInt16BE(TOLD.port ^ (MAGIC >>> 16), 26);
  answer.writeUInt32BE((TOLD.address ^ MAGIC) >>> 0, 28);
  return answer;
};

/** A STUN server on this machine, with only the part of the protocol that reports an address. */
export const startStunServer = async (): Promise<{ url: string; close(): Promise<void> }> => {
  const socket = createSocket('udp4');
  socket.on('message', (request, { address, port }) => {
    const answer = answerTo(request);
    if (answer) socket.send(answer, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    url: `stun:127.0.0.1:${String(socket.address().port)}`,
    close: () =>
      new Promise((resolve) => {
        socket.close(() => {
          resolve();
        });
      }),
  };
};
