import { defineConfig } from '@playwright/test';
import type { ServiceOptions } from './e2e/support/test.ts';

export default defineConfig<object, ServiceOptions>({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // They have a command of their own.
  testIgnore: 'faults/**',
  outputDir: 'artifacts/e2e',
  // Files side by side, tests of a file in order: they share its browsers. More would wait for the same two processors.
  workers: 2,
  fullyParallel: false,
  // A test that passes the second time is broken.
  retries: 0,
  // Both end what hangs, and nothing else: a machine that has just been started, or a busy one, takes three times as
  // long as a quiet one.
  timeout: 180_000,
  globalTimeout: 30 * 60_000,
  forbidOnly: process.env['CI'] === 'true',
  expect: { timeout: 20_000 },
  projects: [
    { name: 'one server' },
    // The main story again, with its two people at two servers on Redis and PostgreSQL.
    { name: 'two servers', testMatch: 'story.spec.ts', use: { nodeCount: 2 } },
  ],
  reporter: [['list']],
  use: { screenshot: 'only-on-failure' },
});
