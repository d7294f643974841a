import { execFileSync, spawn } from 'node:child_process';
import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NetworkHost } from './network-host.ts';
import { until } from './until.ts';

/** A relay: coturn, as an operator would set it up by `docs/turn.md`. */
export interface TurnServer {
  readonly secret: string;
  readonly urls: Readonly<Record<'stun' | 'udp' | 'tcp' | 'tls', string>>;
  /** With this argument a browser trusts the relay's certificate; all other checks stay on. */
  readonly trust: string;
  /** Everything it has logged so far. */
  log(): string;
  close(): Promise<void>;
}

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  // A listening TCP server has an address with a port.
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
};

/** A self-signed certificate, which only this test trusts. */
const makeCertificate = async (folder: string, address: string): Promise<string> => {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const made = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const names = ['-subj', '/CN=relay', '-addext', `subjectAltName=IP:${address}`];
  execFileSync('openssl', ['req', ...made, ...names, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const { publicKey } = new X509Certificate(await readFile(cert));
  const spki = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })).export({
    type: 'spki',
    format: 'der',
  });
  return createHash('sha256').update(spki).digest('base64');
};

/** Starts coturn on a machine of a test's network or on this one, with all its files in a temporary folder. */
export const startTurnServer = async (host?: NetworkHost): Promise<TurnServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'quick-call-turn-'));
  const address = host?.address ?? '127.0.0.1';
  const urlHost = host?.urlHost ?? address;
  const [port, tlsPort] = host ? [3478, 5349] : [await freePort(), await freePort()];
  const secret = createHash('sha256').update(folder).digest('hex');
  const pin = await makeCertificate(folder, address);
  const settings = {
    'listening-ip': address,
    'relay-ip': address,
    'listening-port': port,
    'tls-listening-port': tlsPort,
    'allocation-default-address-family': 'keep',
    realm: 'relay.test',
    'static-auth-secret': secret,
    userdb: join(folder, 'turndb'),
    cert: join(folder, 'cert.pem'),
    pkey: join(folder, 'key.pem'),
    pidfile: join(folder, 'pid'),
    'log-file': 'stdout',
  };
  const flags = ['use-auth-secret', 'fingerprint', 'no-cli', 'no-multicast-peers', 'no-tcp-relay', 'verbose'];
  const lines = [...flags, ...Object.entries(settings).map(([name, value]) => `${name}=${String(value)}`)];
  const config = join(folder, 'turnserver.conf');
  await writeFile(config, lines.join('\n'));
  const [program, args] = host?.namespace.command('turnserver', ['-c', config]) ?? [
    'turnserver',
    ['-c', config],
  ];
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let logged = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (logged += text));
  await until(
    () => {
      if (child.exitCode !== null) throw new Error(`coturn did not start:\n${logged}`);
      return logged.includes('Total General servers');
    },
    { what: 'coturn to listen', timeout: 60_000 },
  ).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw new Error(`${String(error)}\n${logged.slice(-2000)}`);
  });
  const at = `${urlHost}:${String(port)}`;
  return {
    secret,
    urls: {
      stun: `stun:${at}`,
      udp: `turn:${at}?transport=udp`,
      tcp: `turn:${at}?transport=tcp`,
      tls: `turns:${urlHost}:${String(tlsPort)}?transport=tcp`,
    },
    trust: `--ignore-certificate-errors-spki-list=${pin}`,
    log: () => logged,
    async close() {
      if (child.exitCode === null) {
        const exited = once(child, 'exit');
        child.kill('SIGKILL');
        await exited;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
};
