// Finds what the browser tests need, installs what is missing where that is possible,
// and else names the command that brings it. Never lets a test be skipped silently.
import { spawnSync } from 'node:child_process';
import { findBrowser } from './find-browser.ts';
import { findProgram } from './find-program.ts';

/** Minutes are enough for a browser; a host that does not answer must not hold the tests up. */
const INSTALL_TIMEOUT = 4 * 60_000;

const run = (command: string, args: string[]): boolean => {
  console.log(`> ${command} ${args.join(' ')}`);
  const result = spawnSync(command, args, { stdio: 'inherit', timeout: INSTALL_TIMEOUT });
  return result.status === 0;
};

/** The way to call apt-get without being asked for a password, or null. */
const aptGet = (): string[] | null => {
  if (findProgram('apt-get') === null) return null;
  if (process.getuid?.() === 0) return ['apt-get'];
  const sudo = findProgram('sudo');
  if (sudo === null || spawnSync(sudo, ['-n', 'true']).status !== 0) return null;
  return [sudo, '-n', 'apt-get'];
};

const installByApt = (packages: string[]): boolean => {
  const [command, ...args] = aptGet() ?? [];
  if (command === undefined) return false;
  return (
    run(command, [...args, 'update', '-q']) &&
    run(command, [...args, 'install', '-y', '-q', '--no-install-recommends', ...packages])
  );
};

const installByPlaywright = (): boolean => run('npx', ['playwright', 'install', 'chromium']);

// Playwright's host does not answer everywhere: give up on it soon.
process.env['PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT'] ??= '15000';

/** Programs the notification test needs: a display and a message bus of its own. Elsewhere Chromium asks the system. */
const PROGRAMS =
  process.platform === 'linux'
    ? [
        { program: 'Xvfb', apt: 'xvfb' },
        { program: 'dbus-daemon', apt: 'dbus' },
      ]
    : [];

const missingPackages = (): string[] =>
  PROGRAMS.filter((it) => findProgram(it.program) === null).map((it) => it.apt);

if (findBrowser() === null && !installByPlaywright()) installByApt(['chromium']);
if (missingPackages().length > 0) installByApt(missingPackages());

const lacking = [
  ...(findBrowser() === null ? ['Chromium'] : []),
  ...PROGRAMS.filter((it) => findProgram(it.program) === null).map((it) => it.program),
];
if (lacking.length > 0) {
  const packages = [...(findBrowser() === null ? ['chromium'] : []), ...missingPackages()];
  console.error(`The browser tests need ${lacking.join(', ')}. Install it, for example with:`);
  console.error(`  sudo apt-get install ${packages.join(' ')}`);
  console.error('Or name an existing Chromium (not branded Chrome) in CHROMIUM_PATH.');
  process.exitCode = 1;
}
