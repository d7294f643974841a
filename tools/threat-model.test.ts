import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = (path: string): URL => new URL(`../${path}`, import.meta.url);
const text = readFileSync(root('docs/threat-model.md'), 'utf8');

/** How many requirements each section of OWASP ASVS 5.0.0 has. */
const SECTIONS: Readonly<Record<string, number>> = {
  ...{ '2.1': 3, '2.2': 3, '2.3': 5, '2.4': 2, '4.4': 4 },
  ...{ '6.1': 3, '6.2': 12, '6.3': 8, '6.4': 6, '6.5': 8, '6.6': 4, '6.7': 2, '6.8': 4 },
  ...{ '7.1': 3, '7.2': 4, '7.3': 2, '7.4': 5, '7.5': 3, '7.6': 2, '8.1': 4, '8.2': 4, '8.3': 3, '8.4': 2 },
  ...{ '10.1': 2, '10.2': 3, '10.3': 5, '10.4': 16, '10.5': 5, '10.6': 2, '10.7': 3 },
  ...{ '17.1': 2, '17.2': 8, '17.3': 2 },
};

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
  it('judges every requirement of its chapters once', () => {
    const wanted = Object.entries(SECTIONS).flatMap(([section, count]) =>
      Array.from({ length: count }, (_, i) => `${section}.${String(i + 1)}`),
    );
    expect(rows.flatMap(({ ids }) => ids)).toEqual(wanted);
  });

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
