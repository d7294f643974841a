import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync, type Zippable } from 'fflate';
import * as z from 'zod';

/** The zip format's first day: times of files must not change the fingerprint. */
const TIME = new Date(1980, 0, 1);

const manifestSchema = z.looseObject({
  manifest_version: z.literal(3),
  version: z.string().regex(/^\d{1,5}(?:\.\d{1,5}){0,3}$/),
  default_locale: z.string(),
  icons: z.record(z.string(), z.string()),
});

/** What the store's review refuses, or ought to. */
const FORBIDDEN: readonly [what: string, pattern: RegExp][] = [
  ['a source map', /\.map$/],
  ['a test', /\.test\./],
  ['a hidden file', /(?:^|\/)\./],
];

/** Code from elsewhere, which Manifest V3 forbids. */
const REMOTE_CODE = /\bimport\(\s*["'`]https?:|\bimportScripts\(\s*["'`]https?:|<script[^>]+src=["']https?:/;

/**
 * The built extension as the store takes it: its files at the root, the manifest without `key`, which the store
 * gives by itself. The same files always give the same bytes.
 * @throws Error that says what the store would refuse
 */
export const makeStoreZip = (dist: string, version: string): Uint8Array => {
  const entries = readdirSync(dist, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(dist.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
  for (const file of files) {
    const wrong = FORBIDDEN.find(([, pattern]) => pattern.test(file));
    if (wrong) throw new Error(`${file} is ${wrong[0]}`);
  }
  const json: unknown = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'));
  const { key: _key, ...manifest } = manifestSchema.parse(json);
  if (manifest.version !== version) {
    throw new Error(`manifest.json says ${manifest.version}, package.json ${version}`);
  }
  for (const needed of [
    ...Object.values(manifest.icons),
    `_locales/${manifest.default_locale}/messages.json`,
  ]) {
    if (!files.includes(needed)) throw new Error(`${needed} is missing`);
  }
  const content: Zippable = {};
  for (const file of files) {
    const bytes =
      file === 'manifest.json' ? strToU8(JSON.stringify(manifest, null, 2)) : readFileSync(join(dist, file));
    if (/\.(?:js|html)$/.test(file) && REMOTE_CODE.test(Buffer.from(bytes).toString())) {
      throw new Error(`${file} loads code from elsewhere`);
    }
    content[file] = [bytes, { mtime: TIME, level: 9 }];
  }
  return zipSync(content);
};
