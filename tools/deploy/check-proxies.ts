import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from '../../e2e/support/start-server.ts';
import { callThrough } from './call-through.ts';
import { freePort } from '../free-port.ts';

const DEPLOY = fileURLToPath(new URL('../../deploy/', import.meta.url));
const NAME = 'call.example.org';
const UP_WITHIN = 10_000;

const run = (program: string, args: string[], env: Record<string, string> = {}): void => {
  const { status, stderr, stdout } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}\n${stdout}${stderr}`);
};

const answers = async (url: string): Promise<void> => {
  const until = performance.now() + UP_WITHIN;
  while (performance.now() < until) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nobody answers at ${url}`);
};

const inFolder = async (work: (folder: string) => Promise<void> | void): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'quick-call-proxy-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Starts a server and a proxy in front of it, and places a call through both. */
const tryOut = async (
  settings: Record<string, string>,
  proxy: (server: number, port: number) => { program: string; args: string[]; env?: Record<string, string> },
): Promise<void> => {
  const server = await startServer(settings);
  const port = await freePort();
  const { program, args, env = {} } = proxy(Number(new URL(server.url).port), port);
  const child = spawn(program, args, { stdio: 'ignore', env: { ...process.env, ...env } });
  const exited = once(child, 'exit');
  try {
    const url = `http://127.0.0.1:${String(port)}`;
    await answers(url);
    await callThrough(url);
  } finally {
    child.kill('SIGTERM');
    await exited;
    await server.stop();
  }
};

/**
 * nginx accepts the file unchanged except for a temporary certificate, and a call gets through it without
 * TLS.
 */
export const checkNginx = (nginx: string): Promise<void> =>
  inFolder(async (folder) => {
    const ours = readFileSync(join(DEPLOY, 'nginx/quick-call.conf'), 'utf8');
    const [certificate, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    const subject = ['-subj', `/CN=${NAME}`, '-keyout', key, '-out', certificate];
    run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', ...subject]);
    mkdirSync(join(folder, 'temp'));
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((what) => `${what}_temp_path ${folder}/temp/${what};`)
      .join('\n');
    const wrap = (name: string, conf: string): string[] => {
      const file = join(folder, name);
      const http = `access_log off;\n${temporary}\n${conf}`;
      // One process, not two: whoever starts it ends it.
      const frame = `daemon off;\nmaster_process off;\npid ${folder}/pid;\nevents {}\nhttp {\n${http}\n}\n`;
      writeFileSync(file, frame);
      return ['-c', file, '-p', folder, '-e', join(folder, 'error.log')];
    };
    const own = ours
      .replace(/ssl_certificate {5}\S+;/, `ssl_certificate ${certificate};`)
      .replace(/ssl_certificate_key \S+;/, `ssl_certificate_key ${key};`);
    run(nginx, ['-t', ...wrap('checked.conf', own)]);

    await tryOut({ TRUST_PROXY: 'loopback' }, (server, port) => {
      const plain = own
        .replace(/server \{\s+listen 80;.*?\n\}\n/s, '')
        .replace('listen 443 ssl http2;', `listen 127.0.0.1:${String(port)};`)
        .replace(/\n\s+listen \[::\]:443[^\n]*/, '')
        .replaceAll(/\n\s+ssl_[^\n]*/g, '')
        .replace('127.0.0.1:3000', `127.0.0.1:${String(server)}`)
        .replaceAll(NAME, '127.0.0.1');
      return { program: nginx, args: wrap('plain.conf', plain) };
    });
  });

/** Caddy accepts both files unchanged, and a call gets through each without TLS. */
export const checkCaddy = (caddy: string): Promise<void> =>
  inFolder(async (folder) => {
    const env = { XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder, HOME: folder };
    for (const name of ['Caddyfile', 'Caddyfile.scale']) {
      const path = join(DEPLOY, 'caddy', name);
      run(caddy, ['validate', '--adapter', 'caddyfile', '--config', path], env);
      await tryOut({ TRUST_PROXY: 'loopback' }, (server, port) => {
        const plain = readFileSync(path, 'utf8')
          .replace(/^(?:call\.example\.org|\{\$DOMAIN:localhost\}) \{/m, `http://127.0.0.1:${String(port)} {`)
          .replace(/quick-call-a:3000 quick-call-b:3000|127\.0\.0\.1:3000/, `127.0.0.1:${String(server)}`);
        const file = join(folder, `plain-${name}`);
        writeFileSync(file, `{\n\tadmin off\n}\n${plain}`);
        return { program: caddy, args: ['run', '--adapter', 'caddyfile', '--config', file], env };
      });
    }
  });
