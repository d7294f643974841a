import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram } from '../find-program.ts';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/debian/', import.meta.url));
const DOWNLOAD_TIMEOUT = 2 * 60_000;

/** Where Debian's packages put programs. */
const FOLDERS = ['usr/bin', 'usr/sbin'];

const findIn = (folder: string, program: string): string | null =>
  FOLDERS.map((bin) => findProgram(join(folder, bin, program))).find((path) => path !== null) ?? null;

/**
 * Finds an installed program, or unpacks its Debian package into a cache. Nothing is installed, so that no
 * service starts and no root is needed.
 * @returns its path; null where it is neither there nor to be had.
 */
export const debianProgram = (program: string, debianPackage: string): string | null => {
  const found = findProgram(program) ?? findIn('/', program);
  if (found !== null) return found;
  const folder = join(CACHE, debianPackage);
  const cached = findIn(folder, program);
  if (cached !== null) return cached;
  if (findProgram('apt-get') === null || findProgram('dpkg-deb') === null) return null;
  mkdirSync(folder, { recursive: true });
  const options = { cwd: folder, stdio: 'ignore', timeout: DOWNLOAD_TIMEOUT } as const;
  if (spawnSync('apt-get', ['download', debianPackage], options).status !== 0) return null;
  const archive = readdirSync(folder).find((file) => file.endsWith('.deb'));
  if (archive === undefined || spawnSync('dpkg-deb', ['-x', archive, '.'], options).status !== 0) return null;
  return findIn(folder, program);
};
