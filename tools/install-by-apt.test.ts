import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { installByApt } from './install-by-apt.ts';

let folder = '';
const log = () => join(folder, 'calls');

/** A stand-in that notes how it was called. `held`: so many calls find a lock held. `fails`: every call does otherwise. */
const standIn = async (name: string, script: string): Promise<void> => {
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
};

const aptThatFinds = (held: number, complaint: string): Promise<void> =>
  standIn(
    'apt-get',
    `echo "$@" >> ${log()}
[ "$(wc -l < ${log()})" -gt ${String(held)} ] || { echo "${complaint}" >&2; exit 100; }`,
  );

/** What apt-get was asked, without its options. */
const calls = async (): Promise<string[]> =>
  (await readFile(log(), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => line.replaceAll(/(?:-o \S+|--?[a-z-]+) ?/g, '').trim());

const SOON = { lockTimeout: 10_000, between: 1 };
const HELD = 'E: Could not get lock /var/lib/apt/lists/lock. It is held by process 4711 (apt-get)';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quick-call-apt-'));
  vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`);
  // An ordinary user goes through sudo.
  await standIn('sudo', 'shift; exec "$@"');
  vi.spyOn(console, 'log').mockReturnValue();
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

describe('installing by apt', () => {
  test('all packages come by one call', async () => {
    await aptThatFinds(0, '');
    expect(await installByApt(['one', 'two', 'three'], SOON)).toBe(true);
    expect(await calls()).toEqual(['update', 'install one two three']);
  });

  test('a lock that another program holds is waited for', async () => {
    await aptThatFinds(3, HELD);
    expect(await installByApt(['one'], SOON)).toBe(true);
    expect(await calls()).toEqual(['update', 'update', 'update', 'update', 'install one']);
    expect(await readFile(log(), 'utf8')).toContain('DPkg::Lock::Timeout=10');
  });

  test('a lock that is never released is given up on', async () => {
    await aptThatFinds(1_000_000, HELD);
    expect(await installByApt(['one'], { lockTimeout: 0, between: 1 })).toBe(false);
    expect(await calls()).toEqual(['update']);
  });

  test('any other failure is final', async () => {
    await aptThatFinds(1_000_000, 'E: The repository does not have a Release file.');
    expect(await installByApt(['one'], SOON)).toBe(false);
    expect(await calls()).toEqual(['update']);
  });
});
