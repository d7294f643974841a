import { startPostgres } from '../../testkit/server/start-postgres.ts';
import { startRedis } from '../../testkit/server/start-redis.ts';
import { startServer, type RunningServer } from './start-server.ts';

/** One service, which consists of one or more servers. */
export interface RunningService extends AsyncDisposable {
  readonly nodes: readonly RunningServer[];
}

/** Starts a single server on its own, or several that share their own PostgreSQL and Redis. */
export const startService = async (count: number): Promise<RunningService> => {
  const parts = new AsyncDisposableStack();
  const env: Record<string, string> = {};
  if (count > 1) {
    const redis = parts.use(await startRedis());
    const postgres = parts.adopt(await startPostgres(), (it) => it.stop());
    await postgres.createDatabase('service');
    env['REDIS_URL'] = redis.url;
    env['DATABASE_URL'] = postgres.url('service');
  }
  const start = async (): Promise<RunningServer> => parts.adopt(await startServer(env), (it) => it.stop());
  const nodes = await Promise.all(Array.from({ length: count }, start));
  return { nodes, [Symbol.asyncDispose]: () => parts.disposeAsync() };
};
