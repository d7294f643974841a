import { defineConfig } from '@playwright/test';
import usual from './playwright.config.ts';

/** Faults take as long as they take, and one would disturb another's times: one after the other. */
export default defineConfig({
  ...usual,
  testDir: 'e2e/faults',
  testIgnore: [],
  projects: [{ name: 'faults' }],
  outputDir: 'artifacts/faults',
  workers: 1,
  timeout: 6 * 60_000,
  // About 25 minutes on a quiet machine.
  globalTimeout: 55 * 60_000,
});
