// Makes the file that the Chrome Web Store takes, from the build in dist/ (npm run pack:extension builds it first).
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readVersion } from '../server/version.ts';
import { makeStoreZip } from './store/make-store-zip.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const version = readVersion();
try {
  const bytes = makeStoreZip(`${ROOT}dist`, version);
  const file = `artifacts/quick-call-${version}.zip`;
  mkdirSync(`${ROOT}artifacts`, { recursive: true });
  writeFileSync(ROOT + file, bytes);
  console.log(`${file}: ${String(Math.ceil(bytes.length / 1024))} KiB`);
  console.log(`SHA-256 ${createHash('sha256').update(bytes).digest('hex')}`);
  console.log('What the store asks for beside it is in docs/store.md.');
} catch (error) {
  console.error(`Not packed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
