// Finds what the browser tests need, installs what is missing where that is possible,
// and else names the command that brings it. Never lets a test be skipped silently.
import { ensurePrograms } from './ensure-programs.ts';
import { findBrowser } from './find-browser.ts';
import { installByApt, runInstaller } from './install-by-apt.ts';

// Playwright's host does not answer everywhere: give up on it soon.
process.env['PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT'] ??= '15000';

const installByPlaywright = (): boolean => runInstaller('npx', ['playwright', 'install', 'chromium']);

if (findBrowser() === null && !installByPlaywright()) installByApt(['chromium']);
if (findBrowser() === null) {
  console.error('The browser tests need Chromium. Install it, for example with:');
  console.error('  sudo apt-get install chromium');
  console.error('Or name an existing Chromium (not branded Chrome) in CHROMIUM_PATH.');
  process.exitCode = 1;
}

// A display and a message bus of the tests' own. Elsewhere Chromium asks the system.
if (process.platform === 'linux') {
  ensurePrograms('browser tests', [
    { program: 'Xvfb', apt: 'xvfb' },
    { program: 'dbus-daemon', apt: 'dbus' },
  ]);
}
