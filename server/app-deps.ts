import type { Logger } from 'pino';
import type { Passwords } from './accounts/passwords.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { CreateLimiter } from './limits/limiter.ts';
import type { Live } from './live/live.ts';
import type { PrometheusMetrics } from './metrics/prometheus-metrics.ts';
import type { ExtensionZipSource } from './page/extension-zip.ts';
import type { Store } from './store/store.ts';
import type { Tracer } from './tracing/tracer.ts';

/** What an app is made of; tests bring their own clock, cheap passwords and a store in memory. */
export interface AppDeps {
  config: Config;
  store: Store;
  live: Live;
  passwords: Passwords;
  createLimiter: CreateLimiter;
  extension: ExtensionZipSource;
  /** Null or left out: nothing is counted. */
  metrics?: PrometheusMetrics | null;
  /** Null or left out: nothing is traced. */
  tracer?: Tracer | null;
  clock: Clock;
  log: Logger;
  version: string;
}
