import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { systemClock } from '../clock.ts';
import { createLog } from '../log.ts';
import { liveContract } from '../../testkit/server/live-contract.ts';
import { NO_DUTIES } from '../../testkit/server/no-duties.ts';
import { startRedis, type TestRedis } from '../../testkit/server/start-redis.ts';
import { createMemoryLive } from './memory/create-memory-live.ts';
import { openRedisLive } from './redis/open-redis-live.ts';

liveContract('memory', async () => {
  const live = createMemoryLive();
  await live.start(NO_DUTIES);
  return { one: live, other: live, close: () => live.close() };
});

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

liveContract('Redis', async () => {
  const namespace = randomUUID();
  const open = async () => {
    const live = await openRedisLive({
      url: redis.url,
      namespace,
      clock: systemClock,
      log: createLog('silent'),
    });
    await live.start(NO_DUTIES);
    return live;
  };
  const [one, other] = [await open(), await open()];
  return {
    one,
    other,
    close: async () => {
      await Promise.all([one.close(), other.close()]);
    },
  };
});
