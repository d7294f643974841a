import type { IncomingMessage } from 'node:http';
import { Refused } from '../refused.ts';
import type { CreateLimiter, Limiter } from './limiter.ts';

/** Bounds how many requests and connections one place makes. */
export interface ArrivalLimits {
  /** @throws Refused `rate-limited` */
  admitRequest(request: IncomingMessage): Promise<void>;
  /** Whether a connection may be opened at all. Generous: who is turned away here is not told why. */
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
  const admit = async (limiter: Limiter, request: IncomingMessage): Promise<void> => {
    const wait = await limiter.take(addressOf(request));
    if (wait !== null) throw new Refused('rate-limited', wait);
  };
  return {
    admitRequest: (request) => admit(requests, request),
    async mayConnect(request) {
      return (await connections.take(addressOf(request))) === null;
    },
    admitHandshake: (request) => admit(handshakes, request),
  };
};
