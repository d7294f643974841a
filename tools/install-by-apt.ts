import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { findProgram } from './find-program.ts';
import { runInstaller } from './run-installer.ts';

interface Waiting {
  /** How long another program may hold apt's locks, in milliseconds. A fresh machine updates itself for minutes. */
  lockTimeout: number;
  /** The pause between two attempts, in milliseconds. */
  between: number;
}

const USUAL: Waiting = { lockTimeout: 5 * 60_000, between: 2_000 };

/** The way to call apt-get without being asked for a password, or null. */
const aptGet = (): string[] | null => {
  if (findProgram('apt-get') === null) return null;
  // In English, because a lock that is held is known by its message.
  const command = ['env', 'LC_ALL=C', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  if (process.getuid?.() === 0) return command;
  const sudo = findProgram('sudo');
  if (sudo === null || spawnSync(sudo, ['-n', 'true']).status !== 0) return null;
  return [sudo, '-n', ...command];
};

/**
 * Installs all packages in one call if that needs no password. While another program holds one of apt's
 * locks, it waits: apt by itself does so for some of them (`DPkg::Lock::Timeout`) and gives up at once on the others.
 * @returns whether it did.
 */
export const installByApt = async (
  packages: readonly string[],
  { lockTimeout, between }: Waiting = USUAL,
): Promise<boolean> => {
  const [command, ...args] = aptGet() ?? [];
  if (command === undefined) return false;
  const deadline = performance.now() + lockTimeout;
  const run = async (...what: string[]): Promise<boolean> => {
    for (;;) {
      const left = Math.max(0, Math.ceil(deadline - performance.now()));
      const wait = ['-o', `DPkg::Lock::Timeout=${String(Math.ceil(left / 1_000))}`];
      const { ok, complaint } = await runInstaller(command, [...args, ...wait, ...what], left);
      if (ok) return true;
      if (!complaint.includes('Could not get lock') || performance.now() + between > deadline) return false;
      await pause(between);
    }
  };
  return (
    (await run('update', '-q')) && (await run('install', '-y', '-q', '--no-install-recommends', ...packages))
  );
};
