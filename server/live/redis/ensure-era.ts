import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Keys } from './keys.ts';
import type { RedisLink } from './redis-link.ts';
import { takeClaim, type Claim, type ClaimTimes } from './take-claim.ts';

/** Milliseconds. */
const ASK_EVERY = 100;
const AT_ONCE = 500;
/** Part of the era's name, so that the data of another version is not read. */
const FORMAT = '2';

/** Removes the earlier data. Resolves to whether the claim was held to the end. */
const wipe = async (link: RedisLink, keys: Keys, claim: Claim): Promise<boolean> => {
  const kept = new Set([keys.era, keys.restoring, keys.nodes, keys.deadNodes]);
  let cursor = '0';
  do {
    const [next, found] = await link.run((redis) =>
      redis.scan(cursor, 'MATCH', `${keys.prefix}*`, 'COUNT', AT_ONCE),
    );
    // Rate limits outlive the era.
    const gone = found.filter((key) => !kept.has(key) && !key.startsWith(keys.limits));
    if (gone.length > 0 && !(await claim.unlink(gone))) return false;
    cursor = next;
  } while (cursor !== '0');
  return true;
};

/**
 * Makes sure that Redis holds only data that was written since its own start. After a restart Redis is empty
 * or has an old dump, so the first node refills it from the store. If that node dies or freezes, its claim
 * expires and another node begins again.
 * @param fill writes the data, under the given name of the unfinished era. @param times only tests change
 * them. @returns the name of the era that all later writes belong to.
 * @throws Refused `unavailable`
 */
export const ensureEra = async (
  link: RedisLink,
  keys: Keys,
  fill: (unfinished: string) => Promise<void>,
  times?: ClaimTimes,
): Promise<string> => {
  for (;;) {
    // A new name in each round: if Redis was restarted meanwhile, the data filled before is lost.
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
      // Another node may have finished between the check and the claim.
      if (await isThere()) return era;
      const unfinished = `${era}:${randomUUID()}`;
      // This comes first, so that a node that filled before and lost its claim can commit nothing any more.
      if (!(await claim.set(keys.era, unfinished))) continue;
      if (!(await wipe(link, keys, claim))) continue;
      await fill(unfinished);
      if (link.runId === run && (await claim.set(keys.era, era))) return era;
    } catch (error) {
      // The claim is lost, so another node fills Redis, or none does yet. This node tries again or waits.
      if (await claim.isHeld()) throw error;
    } finally {
      // Released even if the store was away: the next node must not have to wait until this claim expires.
      await claim.release();
    }
  }
};
