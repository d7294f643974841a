import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { UserId } from '../../protocol/ids.ts';
import { Refused } from '../refused.ts';

/** What somebody asks for, counted for each kind by itself. */
export type MessageRequest = 'send' | 'read' | 'search';

/** How many in how many seconds: more than a quick writer needs, less than a machine wants. */
const ALLOWED = {
  send: { points: 40, duration: 20 },
  read: { points: 200, duration: 20 },
  search: { points: 30, duration: 20 },
} as const satisfies Record<MessageRequest, { points: number; duration: number }>;

/** @throws Refused `rate-limited` */
export type MessageRates = (what: MessageRequest, userId: UserId) => Promise<void>;

/** Counts requests in memory, for each account over all its phones. */
export const createMessageRates = (): MessageRates => {
  const limiters = {
    send: new RateLimiterMemory(ALLOWED.send),
    read: new RateLimiterMemory(ALLOWED.read),
    search: new RateLimiterMemory(ALLOWED.search),
  };
  return async (what, userId) => {
    try {
      await limiters[what].consume(userId);
    } catch (error) {
      // It rejects with an Error only when it fails itself.
      if (error instanceof Error) throw error;
      throw new Refused('rate-limited');
    }
  };
};
