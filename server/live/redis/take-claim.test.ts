import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startRedis, type TestRedis } from '../../../testkit/server/start-redis.ts';
import { until } from '../../../testkit/server/until.ts';
import { createLog } from '../../log.ts';
import type { Sender } from '../../sender.ts';
import { ensureEra } from './ensure-era.ts';
import { createKeys } from './keys.ts';
import { RedisLink } from './redis-link.ts';
import { releaseNode } from './release-node.ts';

/** Short, so that the tests need not wait long for a claim to expire. */
const TIMES = { lease: 400, renew: 40 };

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const log = createLog('silent');
const never = new Promise<never>(() => undefined);

const open = async (): Promise<RedisLink> => {
  const link = new RedisLink(redis.url, log);
  await link.open(() => undefined);
  onTestFinished(() => {
    link.close();
  });
  return link;
};

/** Resolves when the claim has been renewed and expires later than before. */
const untilRenewed = async (link: RedisLink, key: string): Promise<void> => {
  let left = Infinity;
  await until('the claim is renewed', async () => {
    const before = left;
    left = await link.commands.pttl(key);
    return left > before;
  });
};

describe('filling Redis', () => {
  it('is taken over within seconds when the filling node is killed', async () => {
    const keys = createKeys(randomUUID());
    const [dies, other] = [await open(), await open()];
    const filling = Promise.withResolvers<undefined>();
    const dead = ensureEra(
      dies,
      keys,
      () => {
        filling.resolve(undefined);
        return never;
      },
      TIMES,
    );
    void dead;
    await filling.promise;
    dies.close();
    let filled = 0;
    const fill = () => Promise.resolve(void (filled += 1));
    await ensureEra(other, keys, fill, TIMES);
    expect(filled).toBe(1);
  });

  it('stays with a node that takes long', async () => {
    const keys = createKeys(randomUUID());
    const [slow, other] = [await open(), await open()];
    const filled: string[] = [];
    const asked = Promise.withResolvers<undefined>();
    const first = ensureEra(
      slow,
      keys,
      async () => {
        asked.resolve(undefined);
        for (let i = 0; i < 3; i += 1) await untilRenewed(slow, keys.restoring);
        filled.push('slow');
      },
      TIMES,
    );
    await asked.promise;
    const second = ensureEra(other, keys, () => Promise.resolve(void filled.push('other')), TIMES);
    expect(await second).toBe(await first);
    expect(filled).toEqual(['slow']);
  });

  it('is given up by a node that was frozen until another one took over', async () => {
    const keys = createKeys(randomUUID());
    const [frozen, other] = [await open(), await open()];
    const filled: string[] = [];
    const first = ensureEra(
      frozen,
      keys,
      async () => {
        filled.push('frozen');
        // As if the claim had expired.
        await other.commands.del(keys.restoring);
        await ensureEra(other, keys, () => Promise.resolve(void filled.push('other')), TIMES);
        throw new Error('what it writes is refused');
      },
      TIMES,
    );
    expect(await first).toBe(await other.commands.get(keys.era));
    expect(filled).toEqual(['frozen', 'other']);
  });

  it('begins again when Redis restarts meanwhile', async () => {
    const keys = createKeys(randomUUID());
    const link = await open();
    const before = link.runId;
    let filled = 0;
    const fill = async (): Promise<void> => {
      filled += 1;
      if (filled > 1) return;
      await redis.kill();
      await redis.startAgain('empty');
      await until('Redis is there again', () => link.runId !== null && link.runId !== before);
    };
    const era = await ensureEra(link, keys, fill, TIMES);
    expect([filled, era]).toEqual([2, await link.commands.get(keys.era)]);
    expect(era).toContain(link.runId);
  });
});

describe('the phones of a dead node', () => {
  const phones = Array.from({ length: 3 }, (): Sender => ({
    userId: randomUUID(),
    sessionId: randomUUID(),
    instanceId: randomUUID(),
  }));

  /** A node that notices the death. `lost` handles each phone. */
  const createNode = async (namespace: string, lost: (phone: Sender) => Promise<void>) => {
    const link = await open();
    const keys = createKeys(namespace);
    const memberOf = ({ userId, instanceId }: Pick<Sender, 'userId' | 'instanceId'>) =>
      `${userId} ${instanceId}`;
    await link.commands.sadd(keys.phonesOf('dead'), phones.map(memberOf));
    await link.commands.sadd(keys.deadNodes, 'dead');
    return {
      link,
      keys,
      release: () =>
        releaseNode('dead', {
          link,
          keys,
          log,
          lost,
          times: TIMES,
          phones: {
            at: (_node, phone) =>
              Promise.resolve(phones.find(({ instanceId }) => instanceId === phone.instanceId) ?? null),
            has: () => Promise.resolve(false),
            release: async (node, phone) => {
              await link.commands.srem(keys.phonesOf(node), memberOf(phone));
            },
          },
        }),
    };
  };

  it('are released by one other node', async () => {
    const namespace = randomUUID();
    const released: string[] = [];
    const holding = Promise.withResolvers<undefined>();
    const asked = Promise.withResolvers<undefined>();
    const lost = async ({ instanceId }: Sender): Promise<void> => {
      released.push(instanceId);
      asked.resolve(undefined);
      await holding.promise;
    };
    const [one, other] = [await createNode(namespace, lost), await createNode(namespace, lost)];
    const first = one.release();
    await asked.promise;
    // It notices the dead node while the first one is releasing it.
    await other.release();
    expect(released).toHaveLength(1);
    holding.resolve(undefined);
    await first;
    expect(released.toSorted()).toEqual(phones.map(({ instanceId }) => instanceId).toSorted());
    expect(await one.link.commands.smembers(one.keys.deadNodes)).toEqual([]);
  });

  it('are released by another when the node that claimed it dies', async () => {
    const namespace = randomUUID();
    const released: string[] = [];
    const asked = Promise.withResolvers<undefined>();
    const dies = await createNode(namespace, () => {
      asked.resolve(undefined);
      return never;
    });
    const other = await createNode(namespace, ({ instanceId }) =>
      Promise.resolve(void released.push(instanceId)),
    );
    void dies.release();
    await asked.promise;
    dies.link.close();
    await until('another has released them', async () => {
      // As each heartbeat does.
      await other.release();
      return (await other.link.commands.sismember(other.keys.deadNodes, 'dead')) === 0;
    });
    expect(released.toSorted()).toEqual(phones.map(({ instanceId }) => instanceId).toSorted());
  });
});
