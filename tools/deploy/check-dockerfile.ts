import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../free-port.ts';
import { readDockerfile, type Instruction, type Stage } from './read-dockerfile.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const STEP_TIMEOUT = 10 * 60_000;
const HEALTHY_WITHIN = 30_000;
/** `nobody`: a user that owns nothing of what was copied. */
const NOBODY = 65_534;

type Of<K extends Instruction['kind']> = Extract<Instruction, { kind: K }>;

const pick = <K extends Instruction['kind']>(stage: Stage, kind: K): Of<K>[] =>
  stage.instructions.filter((each): each is Of<K> => each.kind === kind);

const copy = ({ from, sources, to }: Of<'copy'>, app: string, built: ReadonlyMap<string, string>): void => {
  for (const source of sources) {
    const path = join(from === null ? ROOT : (built.get(from) ?? ''), source);
    const target = join(app, to);
    // What .dockerignore leaves out.
    const filter = (file: string): boolean => from !== null || !file.endsWith('.test.ts');
    const isInto = to.endsWith('/');
    cpSync(path, isInto && !statSync(path).isDirectory() ? join(target, basename(path)) : target, {
      recursive: true,
      filter,
      verbatimSymlinks: true,
    });
  }
};

/**
 * Runs a stage's steps in a folder that replaces its root. Skips steps outside of the application's path,
 * which need the engine.
 */
const buildStage = (stage: Stage, folder: string, built: ReadonlyMap<string, string>): void => {
  const app = join(folder, 'app');
  mkdirSync(app, { recursive: true });
  for (const step of stage.instructions) {
    if (step.kind === 'copy') {
      copy(step, app, built);
    } else if (step.kind === 'run' && /^np[mx] /.test(step.command)) {
      console.log(`> ${step.command}`);
      const { status } = spawnSync('sh', ['-c', step.command], {
        cwd: app,
        stdio: 'inherit',
        timeout: STEP_TIMEOUT,
      });
      if (status !== 0) throw new Error(`\`${step.command}\` failed`);
    }
  }
};

/**
 * Starts the built server as a user that may write only to the data folder, and waits until it is healthy.
 */
const tryOut = async (last: Stage, folder: string): Promise<void> => {
  const app = join(folder, 'app');
  const data = join(folder, 'data');
  mkdirSync(data);
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(data, NOBODY, NOBODY);
  else spawnSync('chmod', ['-R', 'a-w', app]);
  const given = Object.fromEntries(pick(last, 'env').flatMap(({ env }) => Object.entries(env)));
  const env = {
    ...given,
    PATH: process.env['PATH'],
    HOST: '127.0.0.1',
    PORT: String(await freePort()),
    DATABASE_URL: (given['DATABASE_URL'] ?? '').replace('/data', data),
    NODE_OPTIONS: '',
  };
  const who = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const argsOf = (kind: 'cmd' | 'healthcheck'): string[] => {
    const [program, ...args] = pick(last, kind)[0]?.command ?? [];
    if (program !== 'node') throw new Error(`${kind} does not start node`);
    return args;
  };
  const server = spawn(process.execPath, argsOf('cmd'), {
    cwd: app,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...who,
  });
  let log = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const exited = once(server, 'exit');
  try {
    const until = performance.now() + HEALTHY_WITHIN;
    while (spawnSync(process.execPath, argsOf('healthcheck'), { cwd: app, env, ...who }).status !== 0) {
      if (server.exitCode !== null || performance.now() > until) throw new Error(`not healthy:\n${log}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    server.kill('SIGTERM');
    await exited;
    // `?? -1` is a signal's end: it was not stopped, but killed.
    if (server.exitCode !== 0)
      throw new Error(`SIGTERM ended it with ${String(server.exitCode ?? -1)}:\n${log}`);
  } finally {
    server.kill('SIGKILL');
  }
};

/**
 * Runs the Dockerfile's steps in a clean folder and tests the result.
 * @throws Error that says which step failed
 */
export const checkDockerfile = async (): Promise<void> => {
  const stages = readDockerfile(readFileSync(join(ROOT, 'deploy/Dockerfile'), 'utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'quick-call-image-'));
  try {
    chmodSync(folder, 0o755);
    const built = new Map<string, string>();
    for (const [i, stage] of stages.entries()) {
      const root = join(folder, stage.name ?? String(i));
      buildStage(stage, root, built);
      built.set(stage.name ?? '', root);
    }
    const last = stages.at(-1);
    if (last) await tryOut(last, built.get('') ?? '');
  } finally {
    spawnSync('chmod', ['-R', 'u+w', folder]);
    rmSync(folder, { recursive: true, force: true });
  }
};
