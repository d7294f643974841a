import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from '../../tools/free-port.ts';

/** A redis-server of a test's own, which can be killed, frozen and brought back. */
export interface TestRedis {
  readonly url: string;
  /** `kill -9`: Redis writes nothing to disk before it ends. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, at the same port, either empty or with the data that it had written to disk. */
  startAgain(how: 'empty' | 'as it was'): Promise<void>;
  /** Deletes all its data, while it runs. */
  empty(): Promise<void>;
  /** The frozen process holds its connections and answers nothing. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/** How long Redis may take to answer after its start, in milliseconds. */
const START_WITHIN = 10_000;

/** Whether Redis runs and has loaded its data. A request for a password counts as an answer, too. */
const answers = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1');
  try {
    socket.write('PING\r\n');
    const answer: unknown[] = await once(socket, 'data');
    return /^(?:\+PONG|-NOAUTH)/.test(String(answer[0]));
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};

/**
 * Starts redis-server on a free port with a folder of its own.
 * @param more options of redis-server's.
 * @throws Error when redis-server is not installed
 */
export const startRedis = async (more: readonly string[] = []): Promise<TestRedis & AsyncDisposable> => {
  const folder = mkdtempSync(join(tmpdir(), 'quick-call-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${String(port)}`;

  const start = async (): Promise<ChildProcess> => {
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
    const child = spawn('redis-server', [...options, '--save', '', '--appendonly', 'no', ...more], {
      stdio: 'ignore',
    });
    const failed = once(child, 'error').then(() => {
      throw new Error('redis-server is not installed: sudo apt-get install redis-server');
    });
    // Later rejections are ignored, because nothing awaits them once Redis has started.
    failed.catch(() => undefined);
    await Promise.race([once(child, 'spawn'), failed]);
    const until = Date.now() + START_WITHIN;
    while (!(await answers(port))) {
      if (Date.now() > until) throw new Error('redis-server does not answer');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return child;
  };

  let child = await start();
  const end = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  const stop = async (): Promise<void> => {
    await end();
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    url,
    kill: end,
    async startAgain(how) {
      if (how === 'empty')
        for (const file of readdirSync(folder)) rmSync(join(folder, file), { recursive: true });
      child = await start();
    },
    async empty() {
      const client = new Redis(url);
      await client.flushall();
      client.disconnect();
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    stop,
    [Symbol.asyncDispose]: stop,
  };
};
