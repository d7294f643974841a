import type { Logger } from 'pino';
import type { Passwords } from './account/passwords.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { CreateLimiter } from './limits/limiter.ts';
import type { Live } from './live.ts';
import type { PrometheusMetrics } from './operate/metrics/prometheus-metrics.ts';
import type { ExtensionZipSource } from './transport/page/extension-zip.ts';
import type { Store } from './store.ts';
import type { Tracer } from './operate/tracing/tracer.ts';

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
