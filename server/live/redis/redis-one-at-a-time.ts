import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Refused } from '../../refused.ts';
import { createMemoryOneAtATime } from '../memory/memory-one-at-a-time.ts';
import type { OneAtATime } from '../../one-at-a-time.ts';
import type { Keys } from './keys.ts';
import type { RedisLink } from './redis-link.ts';
import { LOCK, UNLOCK } from './scripts.ts';

/** After this time a lock expires, in milliseconds: its holder is dead or frozen. */
const LOCK_ENDS = 5000;
/** How long to wait for other nodes' locks, in milliseconds. */
const WAIT = 10_000;
const ASK_EVERY = 5;

/**
 * Runs jobs one at a time over all nodes: first within this process, then with locks in Redis that expire. A
 * job locks all its names in one step or none, so that two jobs cannot deadlock.
 */
export const createRedisOneAtATime = (link: RedisLink, keys: Keys): OneAtATime => {
  const own = createMemoryOneAtATime();

  const lock = async (locks: readonly string[], token: string): Promise<void> => {
    for (let waited = 0; waited < WAIT; waited += ASK_EVERY) {
      if ((await link.script(LOCK, locks, [token, LOCK_ENDS])) === 1) return;
      await delay(ASK_EVERY);
    }
    throw new Refused('overloaded');
  };

  return {
    run: (names, job) =>
      own.run(names, async () => {
        const locks = names.map((name) => keys.lock(name));
        const token = randomUUID();
        await lock(locks, token);
        try {
          return await job();
        } finally {
          // If this fails, the locks expire.
          await link.script(UNLOCK, locks, [token]).catch(() => undefined);
        }
      }),
  };
};
