import type { IncomingMessage } from 'node:http';
import { admit } from '../../limits/admit.ts';
import type { CreateLimiter } from '../../limits/limiter.ts';

/** Bounds how many requests and connections one place makes. */
export interface ArrivalLimits {
  /** @throws Refused `rate-limited` */
  admitRequest(request: IncomingMessage): Promise<void>;
  /** Whether a connection may be opened at all. Generous, because a phone that is turned away here is not told why. */
  mayConnect(request: IncomingMessage): Promise<boolean>;
  /** @throws Refused `rate-limited` */
  admitHandshake(request: IncomingMessage): Promise<void>;
}

export const createArrivalLimits = (
  createLimiter: CreateLimiter,
  addressOf: (request: IncomingMessage) => string,
): ArrivalLimits => {
  const requests = createLimiter('requests:address');
  const connections = createLimiter('connect:address');
  const handshakes = createLimiter('handshake:address');
  return {
    admitRequest: (request) => admit(requests, addressOf(request)),
    async mayConnect(request) {
      return (await connections.take(addressOf(request))) === null;
    },
    admitHandshake: (request) => admit(handshakes, addressOf(request)),
  };
};
