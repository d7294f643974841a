import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = (path: string): URL => new URL(`../${path}`, import.meta.url);

const PAGES = ['CONTRIBUTING.md', ...readdirSync(root('docs')).map((name) => `docs/${name}`)].filter((path) =>
  path.endsWith('.md'),
);

/** Files in backticks, from the root or from the part of the house that is spoken of. */
const FILE = /`((?:[\w.-]+\/)+[\w.-]+\.(?:ts|svelte|md|yml|yaml|json|html|css))`/g;
const PARTS = ['', 'extension/', 'server/'];

it.each(PAGES)('%s names no file that is not there', (page) => {
  const named = Array.from(readFileSync(root(page), 'utf8').matchAll(FILE), ([, path = '']) => path);
  const missing = named.filter((path) => !PARTS.some((part) => existsSync(root(part + path))));
  expect(missing).toEqual([]);
});
