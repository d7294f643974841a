import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Keys } from './keys.ts';
import type { RedisLink } from './redis-link.ts';
import { takeClaim, type Claim, type ClaimTimes } from './take-claim.ts';

/** Milliseconds. */
const ASK_EVERY = 100;
const AT_ONCE = 500;
/** Part of the era's name: what another version wrote is not read. */
const FORMAT = '2';

/** Removes what was there before. Answers whether the claim was held to the end. */
const wipe = async (link: RedisLink, keys: Keys, claim: Claim): Promise<boolean> => {
  const kept = new Set([keys.era, keys.restoring, keys.nodes, keys.deadNodes]);
  let cursor = '0';
  do {
    const [next, found] = await link.run((redis) =>
      redis.scan(cursor, 'MATCH', `${keys.prefix}*`, 'COUNT', AT_ONCE),
    );
    // Rate limits outlive what they were counted in.
    const gone = found.filter((key) => !kept.has(key) && !key.startsWith(keys.limits));
    if (gone.length > 0 && !(await claim.unlink(gone))) return false;
    cursor = next;
  } while (cursor !== '0');
  return true;
};

/**
 * Makes sure that Redis holds what was written since its own start: after a restart, empty or with an old dump, the
 * store knows better, and the first node refills Redis. Should that node die or freeze, its claim lapses and another
 * begins again.
 * @param fill what it writes belongs to the unfinished era of this name.
 * @param times others in tests only.
 * @returns the era's name: what is written from here on belongs to it.
 * @throws Refused `unavailable`
 */
export const ensureEra = async (
  link: RedisLink,
  keys: Keys,
  fill: (unfinished: string) => Promise<void>,
  times?: ClaimTimes,
): Promise<string> => {
  for (;;) {
    // Anew each time: when Redis has been restarted meanwhile, what was filled before is of another run.
    const run = link.runId;
    const era = `${FORMAT}:${run ?? ''}`;
    const isThere = async (): Promise<boolean> => (await link.run((redis) => redis.get(keys.era))) === era;
    if (await isThere()) return era;
    const claim = await takeClaim(link, keys.restoring, times);
    if (!claim) {
      await delay(ASK_EVERY);
      continue;
    }
    try {
      // Another node may have finished between the question and the claim.
      if (await isThere()) return era;
      const unfinished = `${era}:${randomUUID()}`;
      // First: a node that filled before and lost its claim commits nothing any more.
      if (!(await claim.set(keys.era, unfinished))) continue;
      if (!(await wipe(link, keys, claim))) continue;
      await fill(unfinished);
      if (link.runId === run && (await claim.set(keys.era, era))) return era;
    } catch (error) {
      // Without the claim, another node fills Redis, or nobody does yet: what failed here is begun again, or waited for.
      if (await claim.isHeld()) throw error;
    } finally {
      // Also when the store was away: the next node that tries must not wait until this claim expires.
      await claim.release();
    }
  }
};
