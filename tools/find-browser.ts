import { chromium } from '@playwright/test';
import { findProgram } from './find-program.ts';

// Branded Chrome ignores --load-extension, so it is not among them.
const candidates = (): string[] => [
  process.env['CHROMIUM_PATH'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'chromium',
  'chromium-browser',
  chromium.executablePath(),
];

/** Full path of a Chromium that takes `--load-extension`, or null. `CHROMIUM_PATH` comes first. */
export const findBrowser = (): string | null => {
  for (const candidate of candidates()) {
    const path = candidate === '' ? null : findProgram(candidate);
    if (path !== null) return path;
  }
  return null;
};

/** As {@link findBrowser}, for those who cannot go on without. */
export const requireBrowser = (): string => {
  const path = findBrowser();
  if (path === null) throw new Error('No Chromium found: run `npm run ensure -- browser`.');
  return path;
};
