import { startRedis } from './start-redis.ts';

/** Vitest's global set-up for the shapes on Redis: one redis-server for all files. */
export default async function setup(): Promise<() => Promise<void>> {
  const redis = await startRedis();
  process.env['QUICK_CALL_TEST_REDIS'] = redis.url;
  return () => redis.stop();
}
