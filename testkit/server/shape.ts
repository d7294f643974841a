import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clock } from '../../server/clock.ts';
import { createMemoryLive } from '../../server/live/memory/create-memory-live.ts';
import type { Live } from '../../server/live.ts';
import { openRedisLive } from '../../server/live/redis/open-redis-live.ts';
import type { DatabaseSettings } from '../../server/store/database-settings.ts';
import { handBackPostgres, testPostgres } from './test-postgres.ts';

/** The shape of service in which tests run; the Vitest project chooses it (`vitest.shapes.config.ts`). */
export interface Shape {
  readonly nodes: number;
  /** Creates a database for this service alone. */
  database(): Promise<DatabaseSettings>;
  /** Hands back a database from `database`, once the service has ended and no test needs its data. */
  handBack(database: DatabaseSettings): Promise<void>;
  /** Live state for each node of one service that starts from nothing. */
  openLive(about: { clock: Clock; log: Logger }): Promise<Live>;
}

/** Starts a new service: no live state of the one before is left, as after a restart of everything. */
export const startShape = (): Shape => {
  const {
    QUICK_CALL_TEST_NODES: nodes,
    QUICK_CALL_TEST_DATABASE: kind,
    QUICK_CALL_TEST_REDIS: url,
  } = process.env;
  const namespace = `test-${randomUUID()}`;
  return {
    nodes: Number(nodes ?? 1),
    database: async () =>
      kind === 'postgres' ? { kind, url: await testPostgres() } : { kind: 'sqlite', file: ':memory:' },
    handBack: async (database) => {
      if (database.kind === 'postgres') await handBackPostgres(database.url);
    },
    openLive: (about) =>
      url === undefined ? Promise.resolve(createMemoryLive()) : openRedisLive({ url, namespace, ...about }),
  };
};
