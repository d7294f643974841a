import { spawnSync } from 'node:child_process';
import { findProgram } from './find-program.ts';

/** Minutes are enough for a browser; a host that does not answer must not hold the tests up. */
const INSTALL_TIMEOUT = 4 * 60_000;

/** Runs an installer, showing what it prints. */
export const runInstaller = (command: string, args: string[]): boolean => {
  console.log(`> ${command} ${args.join(' ')}`);
  return spawnSync(command, args, { stdio: 'inherit', timeout: INSTALL_TIMEOUT }).status === 0;
};

/** The way to call apt-get without being asked for a password, or null. */
const aptGet = (): string[] | null => {
  if (findProgram('apt-get') === null) return null;
  if (process.getuid?.() === 0) return ['apt-get'];
  const sudo = findProgram('sudo');
  if (sudo === null || spawnSync(sudo, ['-n', 'true']).status !== 0) return null;
  return [sudo, '-n', 'apt-get'];
};

/** Installs packages where that needs nobody's answer. @returns whether it did. */
export const installByApt = (packages: readonly string[]): boolean => {
  const [command, ...args] = aptGet() ?? [];
  if (command === undefined) return false;
  return (
    runInstaller(command, [...args, 'update', '-q']) &&
    runInstaller(command, [...args, 'install', '-y', '-q', '--no-install-recommends', ...packages])
  );
};
