import { presenceChangeSchema } from '../../../protocol/presence/presence.ts';
import type { LiveLists, Shown } from '../../people/live-lists.ts';
import type { Keys } from './keys.ts';
import type { RedisLink } from './redis-link.ts';

const CHANGES = 'changes';
const FROZEN = 'frozen:';

const shownSchema = presenceChangeSchema.omit({ userId: true });

/** In Redis, with a hash for each viewer. */
export const createRedisLists = (link: RedisLink, keys: Keys): LiveLists => ({
  changes: async (viewer) => Number(await link.run((redis) => redis.hget(keys.list(viewer), CHANGES))),
  async touch(viewer) {
    await link.run((redis) => redis.hincrby(keys.list(viewer), CHANGES, 1));
  },
  async frozen(viewer) {
    const all = await link.run((redis) => redis.hgetall(keys.list(viewer)));
    const frozen = new Map<string, Shown>();
    for (const [field, text] of Object.entries(all)) {
      if (!field.startsWith(FROZEN)) continue;
      frozen.set(field.slice(FROZEN.length), shownSchema.parse(JSON.parse(text)));
    }
    return frozen;
  },
  async freeze(viewer, userId, as, how) {
    const [key, field, value] = [keys.list(viewer), FROZEN + userId, JSON.stringify(as)];
    await link.run<unknown>((redis) =>
      how === 'unless-frozen' ? redis.hsetnx(key, field, value) : redis.hset(key, field, value),
    );
  },
  async thaw(viewer, userId) {
    await link.run((redis) => redis.hdel(keys.list(viewer), FROZEN + userId));
  },
});
