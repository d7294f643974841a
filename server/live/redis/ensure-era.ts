import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Keys } from './keys.ts';
import type { RedisLink } from './redis-link.ts';
import { RELEASE } from './scripts.ts';

/** Whoever restores and does not come to an end is dead after this; milliseconds. */
const RESTORE_WITHIN = 60_000;
const ASK_EVERY = 100;
const AT_ONCE = 500;
/** Part of the era's name: what another version wrote is not read. */
const FORMAT = '2';

const wipe = async (link: RedisLink, keys: Keys): Promise<void> => {
  const kept = new Set([keys.restoring, keys.nodes, keys.deadNodes]);
  let cursor = '0';
  do {
    const [next, found] = await link.run((redis) =>
      redis.scan(cursor, 'MATCH', `${keys.prefix}*`, 'COUNT', AT_ONCE),
    );
    // What somebody did too often stays done.
    const gone = found.filter((key) => !kept.has(key) && !key.startsWith(keys.limits));
    if (gone.length > 0) await link.run((redis) => redis.unlink(...gone));
    cursor = next;
  } while (cursor !== '0');
};

/**
 * Makes sure that what stands in Redis is what this start of Redis was told: after it came back empty, or with
 * what it had written down some time ago, the store knows better, and the first node to come fills it anew.
 * @param fill what it writes belongs to the unfinished era of this name.
 * @returns the era's name: what is written from here on belongs to it.
 * @throws Refused `unavailable`
 */
export const ensureEra = async (
  link: RedisLink,
  keys: Keys,
  fill: (unfinished: string) => Promise<void>,
): Promise<string> => {
  const era = `${FORMAT}:${link.runId ?? ''}`;
  const token = randomUUID();
  for (;;) {
    if ((await link.run((redis) => redis.get(keys.era))) === era) return era;
    const mine = await link.run((redis) => redis.set(keys.restoring, token, 'PX', RESTORE_WITHIN, 'NX'));
    if (mine === null) {
      await delay(ASK_EVERY);
      continue;
    }
    try {
      // Somebody may have come to an end between the question and the lock.
      if ((await link.run((redis) => redis.get(keys.era))) !== era) {
        await wipe(link, keys);
        const unfinished = `${era}:${token}`;
        await link.run((redis) => redis.set(keys.era, unfinished));
        await fill(unfinished);
        await link.run((redis) => redis.set(keys.era, era));
      }
    } finally {
      // Also when the store was away: whoever tries next must not wait until this one counts as dead.
      await link.script(RELEASE, [keys.restoring], [token]);
    }
  }
};
