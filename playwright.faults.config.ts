import { defineConfig } from '@playwright/test';
import usual from './playwright.config.ts';

/** Tests that mostly wait for a phone or a server to give up, or whose order is held by hand: others do not disturb them. */
const WAITING = ['getting-through', 'given-up', 'many-calls', 'off-when-lost', 'races', 'vanished'].map(
  (name) => `${name}.spec.ts`,
);

/** `e2e/faults/main.ts` runs the projects one after the other: no browser of the first disturbs what the second measures. */
export default defineConfig({
  ...usual,
  testDir: 'e2e/faults',
  testIgnore: [],
  projects: [
    { name: 'side by side', testMatch: WAITING, outputDir: 'artifacts/faults/side-by-side', workers: 3 },
    // They measure times of sound, picture and devices. A new file is one of these, unless it is named above.
    { name: 'alone', testIgnore: WAITING, outputDir: 'artifacts/faults/alone', workers: 1 },
  ],
  workers: 3,
  timeout: 6 * 60_000,
  // Each of the two; about five minutes on a quiet machine.
  globalTimeout: 30 * 60_000,
});
