// Finds the programs that tests start, installs all that are missing in one step, and else names the command that
// brings them. Never lets a test be skipped silently.
//   node tools/ensure-programs.ts                        what all tests need
//   node tools/ensure-programs.ts browser databases      what some need
import { installByApt } from './install-by-apt.ts';
import { isNeed, missingPrograms, NEEDS, type Need } from './needed-programs.ts';
import { runInstaller } from './run-installer.ts';

// Playwright's host does not answer everywhere: give up on it soon.
process.env['PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT'] ??= '15000';

const args = process.argv.slice(2);
const needs: Need[] = args.length === 0 ? [...NEEDS] : args.filter(isNeed);
if (args.length > 0 && needs.length < args.length) throw new Error(`There are: ${NEEDS.join(', ')}.`);

if (needs.includes('networks') && (process.platform !== 'linux' || process.getuid?.() !== 0)) {
  console.error('The fault tests make network namespaces: they need Linux, and to be run as root.');
  process.exit(1);
}

// Not every distribution has a package that tests can control.
if (missingPrograms(needs).some(({ program }) => program === 'chromium'))
  await runInstaller('npx', ['playwright', 'install', 'chromium']);

const missing = missingPrograms(needs);
if (missing.length > 0) await installByApt([...new Set(missing.map(({ apt }) => apt))]);

const lacking = missingPrograms(needs);
if (lacking.length > 0) {
  console.error(
    `The tests need ${lacking.map(({ program }) => program).join(', ')}. Install with, for example:`,
  );
  console.error(`  sudo apt-get install ${[...new Set(lacking.map(({ apt }) => apt))].join(' ')}`);
  if (lacking.some(({ program }) => program === 'chromium'))
    console.error('Or name an existing Chromium (not branded Chrome) in CHROMIUM_PATH.');
  process.exitCode = 1;
}
