import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pinned } from './pinned.ts';
import { memoryOf, processorTimeOf } from './process-times.ts';

/** A server under load, in a process of its own on the first core. */
export interface MeasuredProcess {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Seconds of processor time so far. */
  cpu(): number;
  /** Bytes of resident memory. */
  memory(): number;
  /** `kill -9` */
  kill(): Promise<void>;
}

/** The program to start. */
export interface ProcessOptions {
  /** Program and arguments. */
  command: readonly string[];
  /** The folder in which it runs. */
  folder: string;
  env?: Readonly<Record<string, string>>;
  /** Finds the port in the program's output, as the first group. */
  portIn: RegExp;
}

/**
 * Starts a server and waits until it prints its port.
 * @throws Error with its output, if it ends instead.
 */
export const startMeasured = async (options: ProcessOptions): Promise<MeasuredProcess> => {
  const [command = '', ...args] = pinned(options.command);
  const child = spawn(command, args, {
    cwd: options.folder,
    env: { PATH: process.env['PATH'], ...options.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const found = options.portIn.exec(printed)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('error', reject);
    child.once('exit', () => {
      reject(new Error(`did not start: ${printed}`));
    });
  });
  // taskset replaces itself with the program, so the process id stays the same.
  const pid = child.pid ?? Number.NaN;
  return {
    url: `http://127.0.0.1:${port}`,
    cpu: () => processorTimeOf(pid),
    memory: () => memoryOf(pid),
    async kill() {
      const exited = once(child, 'exit');
      if (child.kill('SIGKILL')) await exited;
    },
  };
};
