import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { makeStoreZip } from './make-store-zip.ts';

const MANIFEST = {
  manifest_version: 3,
  version: '1.2.3',
  default_locale: 'en',
  key: 'abc',
  icons: { '16': 'icons/16.png' },
};

const build = (more: Record<string, string> = {}): string => {
  const folder = mkdtempSync(join(tmpdir(), 'quick-call-store-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const files = {
    'manifest.json': JSON.stringify(MANIFEST),
    'icons/16.png': 'png',
    '_locales/en/messages.json': '{}',
    'assets/main.js': 'run()',
    ...more,
  };
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  return folder;
};

describe('the store’s zip', () => {
  it('has the files at its root, and a manifest without a key', () => {
    const files = unzipSync(makeStoreZip(build(), '1.2.3'));
    expect(Object.keys(files).sort()).toEqual([
      '_locales/en/messages.json',
      'assets/main.js',
      'icons/16.png',
      'manifest.json',
    ]);
    const { key: _key, ...rest } = MANIFEST;
    expect(JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()))).toEqual(rest);
  });

  it('is the same for the same files', () => {
    expect(makeStoreZip(build(), '1.2.3')).toEqual(makeStoreZip(build(), '1.2.3'));
  });

  it.each<[string, Record<string, string>]>([
    ['is a source map', { 'assets/main.js.map': '{}' }],
    ['is a hidden file', { '.env': 'SECRET=1' }],
    ['is a test', { 'assets/x.test.js': '' }],
    ['loads code from elsewhere', { 'assets/main.js': 'await import("https://cdn.example/x.js")' }],
    ['package.json', { 'manifest.json': JSON.stringify({ ...MANIFEST, version: '1.2.4' }) }],
  ])('is not made when something %s', (words, more) => {
    expect(() => makeStoreZip(build(more), '1.2.3')).toThrow(words);
  });

  it('is not made without what the manifest names', () => {
    const folder = build();
    rmSync(join(folder, 'icons/16.png'));
    expect(() => makeStoreZip(folder, '1.2.3')).toThrow('icons/16.png is missing');
  });
});

describe('docs/store.md', () => {
  const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  const manifest = z
    .object({ permissions: z.array(z.string()), optional_permissions: z.array(z.string()) })
    .parse(JSON.parse(read('manifest.json')));

  it('says for every permission that is asked for why, and for none that is not', () => {
    const told = [...read('docs/store.md').matchAll(/^\| `(\w+)`/gm)].map((match) => match[1]);
    expect(told.sort()).toEqual([...manifest.permissions, ...manifest.optional_permissions].sort());
  });

  it('keeps to the store’s lengths', () => {
    const catalogues = ['en', 'zh_CN'].map((locale) =>
      z
        .object({
          extensionName: z.object({ message: z.string() }),
          extensionDescription: z.object({ message: z.string() }),
        })
        .parse(JSON.parse(read(`extension/_locales/${locale}/messages.json`))),
    );
    for (const { extensionName, extensionDescription } of catalogues) {
      expect(extensionName.message.length).toBeLessThanOrEqual(75);
      expect(extensionDescription.message.length).toBeLessThanOrEqual(132);
    }
  });
});
