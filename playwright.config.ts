import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // They have a command of their own.
  testIgnore: 'faults/**',
  outputDir: 'artifacts/e2e',
  // Files side by side, tests of a file in order: they share its browsers.
  workers: 2,
  fullyParallel: false,
  // A test that passes the second time is broken.
  retries: 0,
  timeout: 60_000,
  globalTimeout: 10 * 60_000,
  forbidOnly: process.env['CI'] === 'true',
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: { screenshot: 'only-on-failure' },
});
