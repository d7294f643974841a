import { execFileSync } from 'node:child_process';

/** Runs a short command synchronously, for a few milliseconds. Returns its output; throws its error output. */
export const runNow = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
