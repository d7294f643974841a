import { resolve } from 'node:path';
import type { Logger } from 'pino';
import { createPasswords } from './account/passwords.ts';
import { createApp } from './app.ts';
import { systemClock } from './clock.ts';
import { readConfig } from './config.ts';
import { ConfigError } from './config-error.ts';
import { createMemoryLive } from './live/memory/create-memory-live.ts';
import { openRedisLive } from './live/redis/open-redis-live.ts';
import { listen } from './transport/http/listen.ts';
import { createLog } from './log.ts';
import { createPrometheusMetrics } from './operate/metrics/prometheus-metrics.ts';
import { listenForMetrics } from './operate/metrics/listen-for-metrics.ts';
import { createExtensionZip } from './transport/page/extension-zip.ts';
import { startLines } from './start-lines.ts';
import { misspeltSettings } from './misspelt-settings.ts';
import { openStore } from './store/open-store.ts';
import { openTracer } from './operate/tracing/open-tracer.ts';
import { readVersion } from './version.ts';

/** A stop that takes longer than this, in milliseconds, is cut short. */
const STOP_WITHIN = 4000;

const say = (lines: readonly string[]): void => {
  process.stdout.write(`${lines.join('\n')}\n`);
};

/** Anything unforeseen ends the process: a supervisor's fresh start is safer than unknown state. */
const dieOnSurprise = (log: Logger): void => {
  const die = (error: unknown): void => {
    log.fatal({ err: error }, 'unforeseen error');
    process.exit(1);
  };
  process.on('unhandledRejection', die);
  process.on('uncaughtException', die);
};

/** The first signal drains the server, a second one ends the process at once. */
const stopOnSignal = (end: () => Promise<void>, log: Logger): void => {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info('stopping');
    setTimeout(() => process.exit(1), STOP_WITHIN).unref();
    end().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the stop failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
};

const start = async (): Promise<void> => {
  // First, because a misspelt name may be why the settings are refused.
  for (const line of misspeltSettings(process.env)) say([line]);
  const config = readConfig(process.env);
  // In a terminal a person reads the log, so it holds only what needs attention.
  const log = createLog(config.logLevel ?? (process.stderr.isTTY ? 'warn' : 'info'));
  dieOnSurprise(log);
  const store = await openStore(config.database, {
    now: systemClock.now(),
    connections: config.databaseConnections,
    historyEntries: config.historyEntries,
    log,
  });
  const live = config.redisUrl
    ? await openRedisLive({ url: config.redisUrl, clock: systemClock, log })
    : createMemoryLive();
  const distFolder = resolve(import.meta.dirname, '..', 'dist');
  const extension = createExtensionZip(distFolder);
  const version = readVersion();
  const metrics = config.metrics && createPrometheusMetrics(version);
  const tracer = config.tracing && (await openTracer(config.tracing, { version, log }));
  const app = createApp({
    config,
    store,
    live,
    passwords: createPasswords(),
    createLimiter: live.limiters(config.rateLimitFactor),
    extension,
    metrics,
    tracer,
    clock: systemClock,
    log,
    version,
  });
  await app.restore();
  // Handled before anybody can connect, so that every phone is told when to come back.
  stopOnSignal(() => app.stop().finally(() => tracer?.close()), log);
  const port = await listen(app.http, config);
  if (metrics && config.metrics) await listenForMetrics(metrics, config.metrics, config.allowedHosts, log);
  const [zip, accounts] = [await extension(), await store.accounts.count()];
  say(startLines(config, { port, distFolder, built: zip !== null, accounts }));
  log.info({ port }, 'listening');
};

start().catch((error: unknown) => {
  const why = error instanceof ConfigError ? error.message : 'could not start';
  process.stderr.write(`quick-call: ${why}\n`);
  if (!(error instanceof ConfigError))
    process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
});
