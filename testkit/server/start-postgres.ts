import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { findPostgres } from '../../tools/find-postgres.ts';
import { freePort } from '../../tools/free-port.ts';

/** The superuser; any process on this machine may connect as this user without a password. */
const OWNER = 'quick';

/** Milliseconds. */
const STARTS_WITHIN = 20_000;
const LOOK_AGAIN = 20;

/** A test's own PostgreSQL, on a free port and in a temporary folder. */
export interface TestPostgres {
  /** Address of a database in it. */
  url(database: string): string;
  /** Runs statements in the cluster's own database. */
  run(...statements: string[]): Promise<void>;
  createDatabase(name: string, template?: string): Promise<void>;
  /** Sends SIGKILL to all of its processes. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, with the same data on the same port. */
  start(): Promise<void>;
  /** Stops it for good, and removes its folder. */
  stop(): Promise<void>;
}

const program = (name: string): string => {
  const path = findPostgres(name);
  if (path === null) throw new Error(`PostgreSQL's ${name} is missing: npm run ensure -- databases`);
  return path;
};

const idOf = (flag: '-u' | '-g', user: string): number | null => {
  const { status, stdout } = spawnSync('id', [flag, user], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : null;
};

/** PostgreSQL refuses to run as root. */
const asWhom = (): { uid?: number; gid?: number } => {
  if (process.getuid?.() !== 0) return {};
  for (const user of ['postgres', 'nobody']) {
    const [uid, gid] = [idOf('-u', user), idOf('-g', user)];
    if (uid !== null && gid !== null) return { uid, gid };
  }
  throw new Error('there is no unprivileged user for PostgreSQL to run as');
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const childrenOf = (pid: number): number[] => {
  const listed = join('/proc', String(pid), 'task', String(pid), 'children');
  const text = existsSync(listed)
    ? readFileSync(listed, 'utf8')
    : spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' }).stdout;
  return text.split(/\s/).filter(Boolean).map(Number);
};

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  // Acknowledged data is in the kernel's cache, which outlives every process that a test kills.
  fsync: 'off',
  full_page_writes: 'off',
  shared_buffers: '16MB',
  max_connections: '200',
  jit: 'off',
} as const;

/** A user who needs a password, for tests of passwords; all other users on this machine need none. */
const ACCESS = `host all locked 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n`;

/** Starts a PostgreSQL, which takes two seconds; tests that do not stop it share one (`test-postgres.ts`). */
export const startPostgres = async (): Promise<TestPostgres> => {
  const user = asWhom();
  const folder = mkdtempSync(join(tmpdir(), 'quick-call-pg-'));
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const init = spawnSync(
    program('initdb'),
    ['-D', data, '-U', OWNER, '--no-sync', '--auth=trust', '--encoding=UTF8', '--no-locale'],
    { ...user, cwd: folder, encoding: 'utf8' },
  );
  if (init.status !== 0) throw new Error(`initdb: ${init.stderr}`);
  writeFileSync(join(data, 'pg_hba.conf'), ACCESS);
  const port = await freePort();
  const url = (database: string): string => `postgres://${OWNER}@127.0.0.1:${String(port)}/${database}`;
  let running: ChildProcess | null = null;

  const answers = async (): Promise<boolean> => {
    const client = new Client({ connectionString: url('postgres') });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      return false;
    }
  };

  const start = async (): Promise<void> => {
    const settings = { ...SETTINGS, port: String(port), unix_socket_directories: folder };
    const child = spawn(
      program('postgres'),
      ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    running = child;
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)));
    const until = Date.now() + STARTS_WITHIN;
    while (!(await answers())) {
      if (child.exitCode !== null || Date.now() > until) throw new Error(`PostgreSQL did not start: ${said}`);
      await pause();
    }
  };

  const end = async (signal: 'SIGKILL' | 'SIGINT'): Promise<void> => {
    const child = running;
    running = null;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    const pids = childrenOf(child.pid);
    child.kill(signal);
    if (signal === 'SIGKILL') for (const pid of pids.filter(isAlive)) process.kill(pid, signal);
    await ended;
    // While a child process still runs, it holds the shared memory, and no new PostgreSQL can start.
    while (pids.some(isAlive)) await pause();
  };

  const run = async (...statements: string[]): Promise<void> => {
    const client = new Client({ connectionString: url('postgres') });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  };

  await start();
  return {
    url,
    run,
    createDatabase: (name, template) =>
      run(`create database "${name}"${template === undefined ? '' : ` template "${template}"`}`),
    kill: () => end('SIGKILL'),
    start,
    async stop() {
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
