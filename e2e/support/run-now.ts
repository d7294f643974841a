import { execFileSync } from 'node:child_process';

/** Runs a short command and waits for it, a few milliseconds. What it printed; throws what it complained of. */
export const runNow = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
