// Runs the fault tests: first those that mostly wait, side by side, then those that measure, alone.
//   node e2e/faults/main.ts                all
//   node e2e/faults/main.ts network        one file; what Playwright takes, this takes
import { spawnSync } from 'node:child_process';

const PROJECTS = ['side by side', 'alone'];
const filter = process.argv.slice(2);

const playwright = (...args: readonly string[]): boolean =>
  spawnSync('playwright', ['test', '--config', 'playwright.faults.config.ts', ...args, ...filter], {
    stdio: 'inherit',
  }).status === 0;

// A filter that names no test is an error, which the projects, one by one, cannot tell.
const isThere = filter.length === 0 || playwright('--list');
if (!isThere) process.exit(1);

for (const project of PROJECTS) {
  // Each file belongs to one project only, so a filter may leave the other without a test.
  if (!playwright('--project', project, '--pass-with-no-tests')) process.exitCode = 1;
}
