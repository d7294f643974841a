import type { UserId } from '../../protocol/ids.ts';
import { admit } from '../limits/admit.ts';
import type { CreateLimiter } from '../limits/limiter.ts';

/** What somebody asks for, counted for each kind by itself. */
export type MessageRequest = 'send' | 'read' | 'search';

/** `text`: what is to be kept, counted by its bytes. @throws Refused `rate-limited` */
type MessageRates = (what: MessageRequest, userId: UserId, text?: string) => Promise<void>;

/** What keeping a message takes beside its text, in bytes, by the table and its indexes. */
const BESIDE_TEXT = 200;

/**
 * Counts requests for each account over all its phones.
 * @param bytesADay of messages that one account may have kept.
 */
export const createMessageRates = (createLimiter: CreateLimiter, bytesADay?: number): MessageRates => {
  const bytes = createLimiter('message-bytes:account', bytesADay);
  const limiters = {
    send: createLimiter('message-bursts:account'),
    read: createLimiter('message-reads:account'),
    search: createLimiter('message-searches:account'),
  };
  return async (what, userId, text) => {
    await admit(limiters[what], userId);
    if (text !== undefined) await admit(bytes, userId, BESIDE_TEXT + Buffer.byteLength(text));
  };
};
