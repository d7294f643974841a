// Runs the fault tests: first those that mostly wait, side by side, then those that measure, alone.
//   node e2e/faults/main.ts                all
//   node e2e/faults/main.ts network        one file; what Playwright takes, this takes
import { spawnSync } from 'node:child_process';

const PROJECTS = ['side by side', 'alone'];
const config = ['--config', 'playwright.faults.config.ts'];

for (const project of PROJECTS) {
  // A file belongs to one of the two: the other then has no test.
  const args = ['test', ...config, '--project', project, '--pass-with-no-tests', ...process.argv.slice(2)];
  const { status } = spawnSync('playwright', args, { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
