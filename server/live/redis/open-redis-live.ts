import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import { createRedisLimiters } from './redis-limiters.ts';
import type { Duties, Live } from '../../live.ts';
import { ensureEra } from './ensure-era.ts';
import { createKeys } from './keys.ts';
import { NodeLease } from './node-lease.ts';
import { RedisCells } from './redis-cells.ts';
import { createRedisCalls } from './redis-calls.ts';
import { createRedisFanOut } from './redis-fan-out.ts';
import { RedisLink } from './redis-link.ts';
import { createRedisLists } from './redis-lists.ts';
import { createRedisPhones } from './redis-phones.ts';
import { createRedisPresence } from './redis-presence.ts';
import { createRedisOneAtATime } from './redis-one-at-a-time.ts';
import { releaseNode } from './release-node.ts';
import { serveAlarms } from './serve-alarms.ts';

interface RedisLiveOptions {
  /** `redis:` or `rediss:`. It may contain a password, so it is never logged. */
  url: string;
  clock: Clock;
  log: Logger;
  /** Separates the installations in one Redis. */
  namespace?: string;
}

/** Milliseconds. */
const TRY_AGAIN = 200;

/**
 * Live state in Redis, for as many nodes as there are.
 * @throws ConfigError when Redis cannot be reached, or is too old.
 */
export const openRedisLive = async ({
  url,
  clock,
  log,
  namespace = 'quick-call',
}: RedisLiveOptions): Promise<Live> => {
  const link = new RedisLink(url, log);
  const keys = createKeys(namespace);
  /** The era on whose data this node may decide. */
  let era: string | null = null;
  /**
   * Until Redis is filled, only the filling node may decide on this data: otherwise people in a call would
   * seem free.
   */
  const filling = new AsyncLocalStorage<{ era: string | null }>();
  let duties: Duties | null = null;
  let stopAlarms = (): void => undefined;
  let closed = false;
  let returning = false;

  const cells = new RedisCells(
    link,
    keys,
    () => (link.runId === null ? null : (filling.getStore()?.era ?? era)),
    () => void comeBack(),
  );
  const phones = createRedisPhones(cells, () => lease.name);

  const release = async (node: string): Promise<void> => {
    const asked = duties;
    if (!asked) return;
    const lost: Duties['lost'] = (phone, isBack) => asked.lost(phone, isBack);
    await releaseNode(node, { link, keys, phones, lost, log });
  };

  const lease = new NodeLease({ link, keys, log, release, onLost: () => duties?.refresh() });

  const enter = async (restore: () => Promise<void>): Promise<void> => {
    era = null;
    era = await ensureEra(link, keys, async (unfinished) => {
      const own: { era: string | null } = { era: unfinished };
      try {
        await filling.run(own, restore);
      } finally {
        // Timers that are set meanwhile belong to that era.
        own.era = null;
      }
    });
    lease.renew();
    await lease.beat();
  };

  /**
   * Redis is back: its data is restored first, then this node's phones reconnect and get the current state.
   */
  const comeBack = async (): Promise<void> => {
    const asked = duties;
    if (!asked || closed || returning || link.runId === null) return;
    returning = true;
    let failed = false;
    try {
      await enter(() => asked.restore());
      log.info('Redis is back');
      asked.refresh();
    } catch (error) {
      failed = true;
      log.warn({ err: error }, 'Redis is back and cannot be used yet');
    }
    returning = false;
    // Repeats if Redis went away and came back during this work.
    if (failed || era === null) setTimeout(() => void comeBack(), TRY_AGAIN).unref();
  };

  await link.open(() => void comeBack());

  return {
    calls: createRedisCalls(cells, async (callId) => {
      await link.run((redis) => redis.zrem(keys.alarms('unsettled'), callId));
    }),
    phones,
    presence: createRedisPresence(cells),
    lists: createRedisLists(link, keys),
    oneAtATime: createRedisOneAtATime(link, keys),
    // All databases of a Redis share their channels.
    fanOut: createRedisFanOut(link, `${namespace}/${new URL(url).pathname.slice(1) || '0'}`),
    limiters: (factor) =>
      createRedisLimiters(link.commands, {
        prefix: keys.limits,
        // The same on every node, and unguessable if the address contains a password.
        secret: createHash('sha256').update(url).digest(),
        factor,
      }),
    isUp: () => link.runId !== null && era !== null,
    async remind(userId, at) {
      await link.run((redis): Promise<unknown> =>
        at === null
          ? redis.zrem(keys.alarms('choice'), userId)
          : redis.zadd(keys.alarms('choice'), at, userId),
      );
    },
    async start(asked) {
      duties = asked;
      await enter(() => asked.restore());
      void lease.keep();
      stopAlarms = serveAlarms({ link, keys, duties: asked, clock, log });
    },
    async close() {
      closed = true;
      stopAlarms();
      await lease.stop();
      link.close();
    },
  };
};
