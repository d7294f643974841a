import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = (path: string): URL => new URL(`../${path}`, import.meta.url);
const text = readFileSync(root('docs/threat-model.md'), 'utf8');

interface Row {
  ids: string[];
  status: string;
  how: string;
  paths: string[];
}

const idsOf = (cell: string): string[] => {
  const [, section = '', first = '', last = first] =
    /^(\d+\.\d+)\.(\d+)(?:–\d+\.\d+\.(\d+))?$/.exec(cell) ?? [];
  const [from, to] = [Number(first), Number(last)];
  return Array.from({ length: to - from + 1 }, (_, i) => `${section}.${String(from + i)}`);
};

const rows: Row[] = [...text.matchAll(/^\| (\d[\d.–]*) \|([^|]*)\|([^|]*)\|([^|]*)\|$/gm)].map(
  ([, ids = '', status = '', how = '', shown = '']) => ({
    ids: idsOf(ids),
    status: status.trim(),
    how: how.trim(),
    paths: [...shown.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path),
  }),
);

describe('the threat model', () => {
  it.each(rows)('$ids: $status', ({ ids, status, how, paths }) => {
    expect(['met', 'partly', 'not met', 'n/a']).toContain(status);
    for (const path of paths) expect([path, existsSync(root(path))]).toEqual([path, true]);
    // Documentation is shown by documents, everything else by tests.
    const isDocumentation = /^(?:\d+)\.1\.\d+$/.test(ids[0] ?? '') && !/^(?:10|17)\./.test(ids[0] ?? '');
    const shows = isDocumentation ? /\.(?:md|ts)$/ : /\.(?:test|spec)\.ts$/;
    if (status === 'met') expect(paths.filter((path) => shows.test(path))).not.toEqual([]);
    else expect(how).not.toBe('');
  });
});
