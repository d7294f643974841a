import { createPasswords } from '../../server/account/passwords.ts';
import { createApp, type App } from '../../server/app.ts';
import type { AppDeps } from '../../server/app-deps.ts';
import { systemClock, type Clock } from '../../server/clock.ts';
import { readConfig, type Config } from '../../server/config.ts';
import { listen } from '../../server/transport/http/listen.ts';
import { createLog } from '../../server/log.ts';
import type { ExtensionZipSource } from '../../server/transport/page/extension-zip.ts';
import type { DatabaseSettings } from '../../server/store/database-settings.ts';
import { openStore } from '../../server/store/open-store.ts';
import type { Store } from '../../server/store.ts';
import { startShape } from './shape.ts';
import { createTestPeople, type TestPeople } from './test-people.ts';

/** What a test may change. The rest is as in production, with cheap passwords, wide limits and a store in memory. */
export interface TestServerOptions {
  config?: Partial<Config>;
  /** The server's clock, for timers of calls and presence; sockets use real time. */
  clock?: Clock;
  /** A database that outlives the server, for a second one to read; by default, the server has its own. */
  database?: DatabaseSettings;
  /** Changes the parts before the server is composed of them. */
  deps?: (deps: AppDeps) => AppDeps;
  extension?: ExtensionZipSource;
}

/** A server on a free port, and the people who use it. In the shape of many nodes, people are spread over them. */
export interface TestServer extends TestPeople {
  /** The address of the first node. */
  readonly url: string;
  /** The first node. */
  readonly app: App;
  readonly store: Store;
  /** Everything logged so far, as JSON lines. */
  readonly logged: string[];
  /** Closes the phones opened through it, then stops. May be called twice. */
  stop(): Promise<void>;
}

/** With these, hashing a password costs next to nothing. */
export const CHEAP_PASSWORDS = { memory: 64, passes: 1, parallelism: 1 } as const;

/** Starts a server for a test. Stop it in `afterEach`, or leave it to `await using`. */
export const startTestServer = async (
  options: TestServerOptions = {},
): Promise<TestServer & AsyncDisposable> => {
  const clock = options.clock ?? systemClock;
  const config: Config = { ...readConfig({ PORT: '0', RATE_LIMIT_FACTOR: '1000' }), ...options.config };
  const logged: string[] = [];
  const log = createLog('trace', { write: (line) => void logged.push(line) });
  const shape = startShape();
  const database = options.database ?? (await shape.database());
  const store = await openStore(database, { now: clock.now(), log });

  const startNode = async (): Promise<{ app: App; url: string }> => {
    const live = await shape.openLive({ clock, log });
    const deps: AppDeps = {
      config,
      // The shared parts are closed once, after the last node.
      store: { ...store, close: () => Promise.resolve() },
      live,
      passwords: createPasswords(CHEAP_PASSWORDS),
      createLimiter: live.limiters(config.rateLimitFactor),
      extension: options.extension ?? (() => Promise.resolve(null)),
      clock,
      log,
      version: '0.0.0-test',
    };
    const app = createApp(options.deps?.(deps) ?? deps);
    await app.restore();
    const port = await listen(app.http, config);
    return { app, url: `http://127.0.0.1:${String(port)}` };
  };

  const first = await startNode();
  const nodes = [first];
  while (nodes.length < shape.nodes) nodes.push(await startNode());
  const people = createTestPeople(nodes.map(({ url }) => url));
  let stopped: Promise<void> | null = null;
  const end = async (): Promise<void> => {
    await Promise.all(nodes.map(({ app }) => app.stop()));
    await store.close();
    if (!options.database) await shape.handBack(database);
  };
  const stop = (): Promise<void> => {
    people.close();
    stopped ??= end();
    return stopped;
  };
  return { ...people, ...first, store, logged, stop, [Symbol.asyncDispose]: stop };
};
