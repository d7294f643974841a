import type { UserId } from '../../protocol/ids.ts';
import type { CreateLimiter } from '../limits/limiter.ts';
import { Refused } from '../refused.ts';

/** What somebody asks for, counted for each kind by itself. */
export type MessageRequest = 'send' | 'read' | 'search';

/** @throws Refused `rate-limited` */
export type MessageRates = (what: MessageRequest, userId: UserId) => Promise<void>;

/** Counts requests for each account over all its phones. */
export const createMessageRates = (createLimiter: CreateLimiter): MessageRates => {
  const limiters = {
    send: createLimiter('message-bursts:account'),
    read: createLimiter('message-reads:account'),
    search: createLimiter('message-searches:account'),
  };
  return async (what, userId) => {
    const wait = await limiters[what].take(userId);
    if (wait !== null) throw new Refused('rate-limited', wait);
  };
};
