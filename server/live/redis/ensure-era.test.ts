import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../clock.ts';
import { createLog } from '../../log.ts';
import { Refused } from '../../refused.ts';
import { NO_DUTIES } from '../../../testkit/server/no-duties.ts';
import { startRedis, type TestRedis } from '../../../testkit/server/start-redis.ts';
import { until } from '../../../testkit/server/until.ts';
import type { Duties, Live } from '../../live.ts';
import { openRedisLive } from './open-redis-live.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

const open = async (namespace: string): Promise<Live> => {
  const options = { url: redis.url, namespace, clock: systemClock, log: createLog('silent') };
  const live = await openRedisLive(options);
  onTestFinished(() => live.close());
  return live;
};
const start = async (namespace: string, duties: Partial<Duties>): Promise<void> => {
  await (await open(namespace)).start({ ...NO_DUTIES, ...duties });
};

it('lets the next node fill Redis at once after the store was away', { timeout: 10_000 }, async () => {
  const namespace = randomUUID();
  const away = () => Promise.reject(new Refused('unavailable'));
  await expect(start(namespace, { restore: away })).rejects.toThrow('unavailable');
  let restored = 0;
  const restore = () => {
    restored += 1;
    return Promise.resolve();
  };
  await start(namespace, { restore });
  await start(namespace, { restore });
  expect(restored).toBe(1);
});

it('lets only the filling itself decide before Redis is filled', async () => {
  const live = await open(randomUUID());
  const filled = Promise.withResolvers<undefined>();
  const inside: unknown[] = [];
  const started = live.start({
    ...NO_DUTIES,
    async restore() {
      inside.push(await live.calls.callOf('ada'));
      await filled.promise;
      inside.push(await live.calls.callOf('ada'));
    },
  });
  await until('it is being filled', () => inside.length === 1);
  expect(live.isUp()).toBe(false);
  await expect(live.calls.callOf('ada')).rejects.toThrow('unavailable');
  filled.resolve(undefined);
  await started;
  expect(inside).toEqual([null, null]);
  expect(await live.calls.callOf('ada')).toBeNull();
});
