import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';

/** Whether this machine can pin processes: the measured ones to the first core, the driver to the second. */
export const PINNED = process.platform === 'linux' && cpus().length > 1;

/** The command that runs on the first core, where the machine can do that. */
export const pinned = (command: readonly string[]): string[] => [
  ...(PINNED ? ['taskset', '-c', '0'] : []),
  ...command,
];

/** Puts a process with all its threads on the second core: this one, by default. */
export const pinToSecondCore = (pid = process.pid): void => {
  if (PINNED) spawnSync('taskset', ['-acp', '1', String(pid)], { stdio: 'ignore' });
};
