import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkLockFile } from './check-lock-file.ts';

const read = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'));

const INTEGRITY = `sha512-${'a'.repeat(86)}==`;

/** Only what is new in a lock file with one more package. */
const problemsWith = (locked: Record<string, unknown>, asked = '1.0.0'): string[] =>
  checkLockFile(
    {
      lockfileVersion: 3,
      packages: {
        '': {},
        'node_modules/it': { version: '1.0.0', license: 'MIT', integrity: INTEGRITY, ...locked },
      },
    },
    { dependencies: { it: asked }, devDependencies: {}, allowScripts: {} },
  ).filter((problem) => problem.startsWith('it '));

describe('the packages that this project is made of', () => {
  it('come from the registry, with a checksum, one version and an allowed licence', () => {
    expect(checkLockFile(read('package-lock.json'), read('package.json'))).toEqual([]);
  });
});

describe('a package', () => {
  it('is fine when nothing is wrong', () => {
    expect(problemsWith({})).toEqual([]);
    expect(problemsWith({ resolved: 'https://registry.npmjs.org/it/-/it-1.0.0.tgz' })).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string?]>([
    ['comes from', { resolved: 'git+ssh://git@example.org/it.git#1' }],
    ['comes from', { resolved: 'https://registry.npmjs.org.example.org/it.tgz' }],
    ['has no SHA-512', { integrity: undefined }],
    ['has no SHA-512', { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }],
    ['has no SHA-512', { link: true }],
    ['runs a script', { hasInstallScript: true }],
    ['has the licence "GPL-3.0"', { license: 'GPL-3.0' }],
    ['has the licence null', { license: undefined }],
    ['not as one version', {}, '^1.0.0'],
    ['locked as 1.0.0', {}, '1.0.1'],
  ])('is reported when it %s', (words, locked, asked) => {
    const problems = problemsWith(locked, asked);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(words);
  });

  it('that runs in the product has no excused licence', () => {
    const problems = checkLockFile(
      {
        lockfileVersion: 3,
        packages: { 'node_modules/jsbi': { version: '1.0.0', integrity: INTEGRITY, dev: false } },
      },
      { dependencies: {}, devDependencies: {} },
    );
    expect(problems).toContain('jsbi has the licence null');
  });
});
