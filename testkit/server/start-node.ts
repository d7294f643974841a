import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { until } from './until.ts';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));

/** A server in a process of its own, as operators run it. */
export interface TestNode {
  readonly url: string;
  /** All that it has logged so far, as JSON lines. */
  logged(): string;
  /** `kill -9`: it closes no connection before it ends. */
  kill(): Promise<void>;
  /** The frozen process holds its connections and does nothing. */
  freeze(): void;
  thaw(): void;
  /** SIGTERM: it drains. Resolves to the exit code. */
  stop(): Promise<number | null>;
}

/** Starts a server on a free port. @param env settings, as an operator gives them. */
export const startNode = async (env: Readonly<Record<string, string>>): Promise<TestNode> => {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env['PATH'], PORT: '0', RATE_LIMIT_FACTOR: '1000', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const exited = once(child, 'close');
  const port = (): string | undefined => /"port":(\d+)/.exec(log)?.[1];
  await until('the node listens', () => {
    if (child.exitCode !== null) throw new Error(`the node did not start: ${log}`);
    return port() !== undefined;
  });
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  return {
    url: `http://127.0.0.1:${port() ?? ''}`,
    logged: () => log,
    async kill() {
      await end('SIGKILL');
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    stop: () => end('SIGTERM'),
  };
};
