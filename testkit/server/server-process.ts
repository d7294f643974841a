import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { until } from './until.ts';

/** Milliseconds; long, because a busy machine loads a program slowly. */
const STARTS_WITHIN = 60_000;

const MAIN = new URL('../../server/main.ts', import.meta.url).pathname;

/** The server as operators run it. */
export interface Running {
  process: ChildProcess;
  /** All of standard output and standard error so far. */
  output: () => { out: string; err: string };
  /** Resolves with the exit code. */
  exit: Promise<number | null>;
}

/** Starts the server in a folder, and kills it when the test is over. `options` are Node's own. */
export const run = (folder: string, env: Record<string, string>, options: string[] = []): Running => {
  const child = spawn(process.execPath, [...options, MAIN], {
    cwd: folder,
    env: { PATH: process.env['PATH'], PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const exit = once(child, 'close').then(() => child.exitCode);
  return { process: child, output: () => ({ out, err }), exit };
};

/**
 * The server's address, once it has been printed and the log says that the server listens; these two pipes come in
 * either order.
 */
export const started = async (running: Running): Promise<string> => {
  let address: string | undefined;
  await until(
    'the server has started',
    () => {
      const { out, err } = running.output();
      if (running.process.exitCode !== null) throw new Error(`not started: ${JSON.stringify({ out, err })}`);
      address = /address: (http:\S+)/.exec(out)?.[1];
      return address !== undefined && err.includes('"listening"');
    },
    STARTS_WITHIN,
  );
  return address?.replace('localhost', '127.0.0.1') ?? '';
};

/** The port on which the server listens, once it has started. */
export const portOf = (running: Running): string => /"port":(\d+)/.exec(running.output().err)?.[1] ?? '';
