import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import manifest from '../../manifest.json' with { type: 'json' };

/** The built extension: where `npm run build` puts it, or where `EXTENSION_DIST` says that another build is. */
export const DIST = process.env['EXTENSION_DIST'] ?? fileURLToPath(new URL('../../dist', import.meta.url));

if (!existsSync(`${DIST}/manifest.json`)) throw new Error(`${DIST} is missing: run \`npm run build\` first.`);

/** Chromium derives an extension's id from its key: the first 128 bits of its SHA-256, in the letters a–p. */
export const EXTENSION_ID = createHash('sha256')
  .update(Buffer.from(manifest.key, 'base64'))
  .digest('hex')
  .slice(0, 32)
  .replaceAll(/[0-9a-f]/g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));

export const EXTENSION_ORIGIN = `chrome-extension://${EXTENSION_ID}`;

/** A document of the extension, by its folder. */
export type PageName = 'popup' | 'call-window' | 'welcome' | 'settings' | 'self-test' | 'phone';

export const pageUrl = (page: PageName): string =>
  `${EXTENSION_ORIGIN}/extension/${page === 'phone' ? page : `pages/${page}`}/index.html`;
