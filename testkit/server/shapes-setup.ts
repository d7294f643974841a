import { startRedis, type TestRedis } from './start-redis.ts';

let redis: TestRedis;

/** Vitest's global set-up for the shapes on Redis: one redis-server for all files. */
export const setup = async (): Promise<void> => {
  redis = await startRedis();
  process.env['QUICK_CALL_TEST_REDIS'] = redis.url;
};

/** Vitest's global clean-up. */
export const teardown = (): Promise<void> => redis.stop();
