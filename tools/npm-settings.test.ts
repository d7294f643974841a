import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'quick-call-npm-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Installs, by this repository's settings, a project that wants a Node that nobody has. */
const install = (wanted: Record<string, string>) => {
  const project = { name: 'project', version: '1.0.0', engines: { node: '>=999' } };
  const write = (name: string, value: unknown) => {
    writeFileSync(join(folder, name), JSON.stringify(value));
  };
  write('package.json', { ...project, dependencies: wanted });
  write('package-lock.json', { ...project, lockfileVersion: 3, packages: { '': project } });
  cpSync(fileURLToPath(new URL('../.npmrc', import.meta.url)), join(folder, '.npmrc'));
  // The settings of the npm that runs this test must not apply.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_config_/i.test(name)));
  return spawnSync('npm', ['ci', '--offline', '--dry-run'], { cwd: folder, env, encoding: 'utf8' });
};

test('a Node older than what packages want is no reason for warnings', () => {
  expect(install({})).toMatchObject({ status: 0, stderr: '' });
});

test('errors are shown', () => {
  const { status, stderr } = install({ missing: '1.0.0' });
  expect(status).toBe(1);
  expect(stderr).toContain('npm error');
});
