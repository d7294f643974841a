import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // By itself Vitest leaves one processor to others: half of all, where there are two.
    maxWorkers: '100%',
    projects: [
      {
        // Runes in `*.svelte.ts` need the compiler.
        plugins: [svelte({ configFile: false })],
        test: {
          name: 'units',
          setupFiles: ['testkit/server/repeatable.ts'],
          include: ['{protocol,extension,testkit/phone,e2e,tools,bench}/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts'],
          // A worker that is started anew for each file loads the same modules each time: a third of all that the server's
          // tests take, and four fifths of these. A test that stubs a global restores it.
          isolate: false,
          environment: 'node',
          // Generous: these wait for states, and a busy machine is no failure.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'server',
          setupFiles: ['testkit/server/repeatable.ts'],
          include: ['{server,testkit/server}/**/*.test.ts'],
          // Those that start processes and kill them take their time: `npm run test:shapes`.
          exclude: ['**/*.browser.test.ts', 'server/live/redis/{nodes,rolling-restart}.test.ts'],
          isolate: false,
          environment: 'node',
          // Asked for by few, and started then.
          globalSetup: ['testkit/server/shared-databases.ts'],
          // Generous: these wait for states, and a busy machine is no failure.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['{extension,server,e2e}/**/*.browser.test.ts'],
          environment: 'node',
          // Each file drives a Chromium of its own: one at a time, after all others.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
