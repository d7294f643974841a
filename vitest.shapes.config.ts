import { defineConfig } from 'vitest/config';

/** The tests with real sockets, which hold whatever the service is made of. */
const REAL_SOCKETS = [
  'server/{account,calls,chat,devices,history,limits,people,presence}/**/*.test.ts',
  'server/transport/{oidc,sockets}/**/*.test.ts',
  'server/{transport/http/http,privacy}.test.ts',
];

const shape = (name: string, nodes: number) => ({
  test: {
    name,
    include: REAL_SOCKETS,
    setupFiles: ['testkit/server/repeatable.ts'],
    exclude: [
      '**/*.browser.test.ts',
      // These start a server process of their own, in the shapes that they name.
      'server/transport/sockets/{take-upgrades,silent-readers}.test.ts',
      // Two hundred servers, each with a database: minutes in each shape. It counts what is asked of either kind alike.
      'server/people/hidden-is-offline.test.ts',
    ],
    // As in vitest.config.ts.
    isolate: false,
    environment: 'node' as const,
    env: { QUICK_CALL_TEST_NODES: String(nodes), QUICK_CALL_TEST_DATABASE: 'postgres' },
    globalSetup: ['testkit/server/shared-databases.ts', 'testkit/server/shapes-setup.ts'],
    testTimeout: 30_000,
  },
});

/** What happens to processes: they start Redis and nodes of their own. */
const processes = {
  test: {
    name: 'nodes in processes of their own',
    include: ['server/live/redis/{nodes,rolling-restart}.test.ts'],
    environment: 'node' as const,
    globalSetup: ['testkit/server/shared-databases.ts'],
    testTimeout: 30_000,
  },
};

export default defineConfig({
  test: {
    maxWorkers: '100%',
    projects: [
      shape('one node on Redis and PostgreSQL', 1),
      shape('two nodes on Redis and PostgreSQL', 2),
      processes,
    ],
  },
});
