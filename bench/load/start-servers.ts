import { fileURLToPath } from 'node:url';
import { startMeasured, type MeasuredProcess } from './measured-process.ts';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The databases and the address of our server. */
export interface OurSettings {
  /** The database's address as operators write it. */
  database: string;
  redis?: string;
  /** The port; any free one by default. */
  port?: number;
  folder: string;
}

/**
 * Starts our server as operators do, except for wider limits, because one driver plays everybody. Node receives the
 * flags in `NODE_BENCH_FLAGS`, such as `--cpu-prof`.
 */
export const startOurs = ({ database, redis, port = 0, folder }: OurSettings): Promise<MeasuredProcess> =>
  startMeasured({
    command: [
      process.execPath,
      ...(process.env['NODE_BENCH_FLAGS'] ?? '').split(' ').filter(Boolean),
      fromRoot('server/main.ts'),
    ],
    folder,
    env: {
      PORT: String(port),
      LOG_LEVEL: 'error',
      DATABASE_URL: database,
      DIRECTORY: 'contacts',
      RATE_LIMIT_FACTOR: '1000',
      ...(redis !== undefined && { REDIS_URL: redis }),
    },
    portIn: /127\.0\.0\.1:(\d+)/,
  });

/** Starts one of the servers that ours is compared with: a script of the bench that prints its port. */
export const startScript = (
  script: string,
  folder: string,
  args: readonly string[] = [],
): Promise<MeasuredProcess> =>
  startMeasured({
    command: [process.execPath, fromRoot(`bench/${script}`), ...args],
    folder,
    portIn: /^(\d+)$/m,
  });
