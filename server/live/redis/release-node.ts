import type { Logger } from 'pino';
import type { Duties } from '../../live.ts';
import type { Keys } from './keys.ts';
import type { RedisLink } from './redis-link.ts';
import type { RedisPhones } from './redis-phones.ts';
import { takeClaim, type ClaimTimes } from './take-claim.ts';

/**
 * Releases the phones of a dead node. All nodes notice the death, and one claims the work; if that one dies,
 * too, its claim expires and another goes on.
 */
export const releaseNode = async (
  node: string,
  deps: {
    link: Pick<RedisLink, 'run' | 'script'>;
    keys: Pick<Keys, 'deadNodes' | 'phonesOf' | 'releasing'>;
    phones: Pick<RedisPhones, 'at' | 'has' | 'release'>;
    lost: Duties['lost'];
    log: Pick<Logger, 'warn'>;
    /** Only tests change them. */
    times?: ClaimTimes;
  },
): Promise<void> => {
  const { link, keys, phones, lost, log } = deps;
  const claim = await takeClaim(link, keys.releasing(node), deps.times);
  if (!claim) return;
  try {
    const members = await link.run((redis) => redis.smembers(keys.phonesOf(node)));
    for (const member of members) {
      // A node that was frozen may have lost its claim; another node then goes on.
      if (!(await claim.isHeld())) return;
      const [userId = '', instanceId = ''] = member.split(' ');
      const phone = await phones.at(node, { userId, instanceId });
      // Each phone is reported gone before it is removed: if this node dies in between, another one repeats
      // both.
      if (phone) await lost(phone, async () => (await phones.at(node, phone)) === null && phones.has(phone));
      await phones.release(node, { userId, instanceId });
    }
    await link.run((redis) => redis.srem(keys.deadNodes, node));
    if (members.length > 0) log.warn({ phones: members.length }, 'a node is dead: its phones are gone');
  } finally {
    await claim.release();
  }
};
