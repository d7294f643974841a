import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from './find-program.ts';

/** Where Debian keeps them, a folder a major version: they are not on the PATH. */
const DEBIAN = '/usr/lib/postgresql';

const majors = (): string[] => {
  try {
    return readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a));
  } catch {
    return [];
  }
};

/** Full path of one of PostgreSQL's programs, of the newest version there is; null: not installed. */
export const findPostgres = (program: string): string | null =>
  majors()
    .map((major) => findProgram(join(DEBIAN, major, 'bin', program)))
    .find((path) => path !== null) ?? findProgram(program);
