import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findProgram } from './find-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'quick-call-ensure-'));
const standIn = (name: string, script: string): void => {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
};

/** On a machine that has nothing but what is in the folder. */
const ensure = (...needs: string[]) =>
  spawnSync(process.execPath, [fileURLToPath(new URL('ensure-programs.ts', import.meta.url)), ...needs], {
    env: { PATH: folder },
    encoding: 'utf8',
  });

beforeAll(() => {
  symlinkSync(findProgram('env') ?? '', join(folder, 'env'));
  standIn('sudo', 'shift; exec "$@"');
  standIn('Xvfb', '');
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('missing programs of several tests are installed by one call; others are named', () => {
  standIn('apt-get', `echo "$*" >> ${folder}/calls`);
  const { status, stderr } = ensure('databases', 'browser');
  const [update, install, ...more] = readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
  expect(update).toContain('update');
  expect(install).toMatch(/ install .*\bredis-server\b.* dbus\b/);
  expect(install).not.toContain('xvfb');
  expect(more).toEqual([]);
  expect(stderr).toContain('sudo apt-get install ');
  expect(status).toBe(1);
});

test('an unknown need is refused', () => {
  expect(ensure('coffee')).toMatchObject({ status: 1 });
});
