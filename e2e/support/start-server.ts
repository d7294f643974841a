import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NetworkHost } from './network-host.ts';
import { until } from './until.ts';

/** A server in its own process, as `npm start` runs it. */
export interface RunningServer {
  readonly url: string;
  /** Everything it has logged so far. */
  log(): string;
  /** Asks it to stop, as a service manager does, and waits until it has stopped. */
  stop(): Promise<void>;
  /** Kills it without warning, as a power cut does. */
  kill(): Promise<void>;
  /** Starts it again after a kill: the same port, the same data folder. */
  restart(): Promise<void>;
  /** It hangs: its connections stay open, and nothing is answered. */
  freeze(): void;
  thaw(): void;
}

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));

interface Process {
  readonly child: ChildProcess;
  readonly url: string;
}

/** Starts the process and waits until it listens. */
const launch = async (
  folder: string,
  env: Record<string, string>,
  host: NetworkHost | undefined,
  log: (text: string) => void,
): Promise<Process> => {
  const [program, args] = host?.namespace.command(process.execPath, [MAIN]) ?? [process.execPath, [MAIN]];
  const child = spawn(program, args, {
    cwd: folder,
    // All people in a test have one address, so limits by address are wide.
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      LOG_LEVEL: 'info',
      RATE_LIMIT_FACTOR: '100',
      ...(host && { HOST: host.address, REGISTRATION: 'open' }),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  child.stderr.setEncoding('utf8').on('data', log);
  const url = await until(
    () => {
      if (child.exitCode !== null) throw new Error(`The server did not start:\n${printed}`);
      return /http:\/\/(?:[\d.]+|localhost|\[[\da-f:]+\]):\d+/.exec(printed)?.[0];
    },
    // The limit is long, because a busy machine loads a server slowly.
    { what: 'the server’s address on its output', timeout: 60_000 },
  );
  return { child, url };
};

const end = async (child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
};

/**
 * Starts a server on a free port with an empty data folder. `env` adds to its settings. With `host` it runs on that
 * machine and listens to its whole network.
 */
export const startServer = async (
  env: Record<string, string> = {},
  host?: NetworkHost,
): Promise<RunningServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'quick-call-server-'));
  let logged = '';
  const log = (text: string): void => {
    logged += text;
  };
  const first = await launch(folder, env, host, log);
  const { url } = first;
  let { child } = first;
  return {
    url,
    log: () => logged,
    async stop() {
      child.kill('SIGCONT');
      await end(child, 'SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
    kill: () => end(child, 'SIGKILL'),
    async restart() {
      ({ child } = await launch(folder, { ...env, PORT: new URL(url).port }, host, log));
    },
    freeze: () => {
      child.kill('SIGSTOP');
    },
    thaw: () => {
      child.kill('SIGCONT');
    },
  };
};
