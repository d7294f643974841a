import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = (path: string): URL => new URL(`../${path}`, import.meta.url);

const PAGES = ['CONTRIBUTING.md', ...readdirSync(root('docs')).map((name) => `docs/${name}`)].filter((path) =>
  path.endsWith('.md'),
);

/** Files in backticks, relative to the root or to the part that the document describes. */
const FILE = /`((?:[\w.-]+\/)+[\w.-]+\.(?:ts|svelte|md|yml|yaml|json|html|css))`/g;
const PARTS = ['', 'extension/', 'server/'];

it.each(PAGES)('%s names only existing files', (page) => {
  const named = Array.from(readFileSync(root(page), 'utf8').matchAll(FILE), ([, path = '']) => path);
  const missing = named.filter((path) => !PARTS.some((part) => existsSync(root(part + path))));
  expect(missing).toEqual([]);
});
