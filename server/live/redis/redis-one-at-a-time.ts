import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { WorkQueue } from '../../work-queue.ts';
import { Refused } from '../../refused.ts';
import type { OneAtATime } from '../one-at-a-time.ts';
import type { Keys } from './keys.ts';
import type { RedisLink } from './redis-link.ts';
import { RELEASE } from './scripts.ts';

/** A turn that is not given back is over after this, in milliseconds: its holder is dead, or frozen. */
const TURN_ENDS = 5000;
/** How long one waits for other nodes' turns, in milliseconds. */
const WAIT = 10_000;
const ASK_EVERY = 5;
const WAITING = 5000;

/** One at a time over all nodes: first in this process, then by a lock in Redis that ends by itself. */
export const createRedisOneAtATime = (link: RedisLink, keys: Keys): OneAtATime => {
  const own = new WorkQueue({ running: 1, waiting: WAITING });

  const take = async (token: string): Promise<void> => {
    for (let waited = 0; waited < WAIT; waited += ASK_EVERY) {
      const taken = await link.run((redis) => redis.set(keys.turn, token, 'PX', TURN_ENDS, 'NX'));
      if (taken !== null) return;
      await delay(ASK_EVERY);
    }
    throw new Refused('overloaded');
  };

  return {
    run: (job) =>
      own.run(async () => {
        const token = randomUUID();
        await take(token);
        try {
          return await job();
        } finally {
          // Should this fail, the turn ends by itself.
          await link.script(RELEASE, [keys.turn], [token]).catch(() => undefined);
        }
      }),
  };
};
