import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

const MAIN = new URL('../main.ts', import.meta.url).pathname;

/** The server as operators run it. */
export interface Running {
  process: ChildProcess;
  /** All of standard output and standard error so far. */
  output: () => { out: string; err: string };
  /** Resolves with the exit code. */
  exit: Promise<number | null>;
}

/** Starts it in a folder, killed when the test is over. `options` are Node's own. */
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

/** The server's address, once it has said so to the person and to the log: two pipes, in either order. */
export const started = async (running: Running): Promise<string> => {
  for (let i = 0; i < 200; i += 1) {
    const { out, err } = running.output();
    const address = /address: (http:\S+)/.exec(out)?.[1];
    if (address !== undefined && err.includes('"listening"'))
      return address.replace('localhost', '127.0.0.1');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not started: ${JSON.stringify(running.output())}`);
};

/** The port it listens on, once it has started. */
export const portOf = (running: Running): string => /"port":(\d+)/.exec(running.output().err)?.[1] ?? '';
