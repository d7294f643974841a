import { isAbsolute } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError } from './config-error.ts';
import { readConfig } from './config.ts';
import { hostOfHeader, isLoopback } from './transport/http/hosts.ts';

describe('readConfig', () => {
  it('needs nothing', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      redisUrl: null,
      registration: 'open',
      historyLife: 90 * 86_400_000,
      messageLife: 365 * 86_400_000,
      sessionLife: 90 * 86_400_000,
      directory: 'everyone',
      ringTimeout: 45_000,
      stunUrls: [],
      turn: null,
      hideAddresses: 'choice',
      logLevel: null,
      trustProxy: false,
      allowedHosts: [],
      longPolling: true,
      publicPath: '',
    });
    expect(config.database).toMatchObject({ kind: 'sqlite' });
    expect(config.database.kind === 'sqlite' && isAbsolute(config.database.file)).toBe(true);
    expect(readConfig({ PORT: '', HOST: '', REDIS_URL: '' })).toEqual(config);
  });

  it.each([
    ['127.0.0.1', 'open'],
    ['127.9.9.9', 'open'],
    ['::1', 'open'],
    ['localhost', 'open'],
    ['0.0.0.0', 'invite'],
    ['::', 'invite'],
    ['192.168.1.5', 'invite'],
    ['calls.example.org', 'invite'],
  ])('listening on %s, registration is %s unless said otherwise', (HOST, registration) => {
    expect(readConfig({ HOST }).registration).toBe(registration);
    expect(readConfig({ HOST, REGISTRATION: 'closed' }).registration).toBe('closed');
  });

  it.each([
    ['1', 1],
    ['false', false],
    ['10.0.0.1', ['10.0.0.1']],
    ['loopback, 10.0.0.0/8', ['loopback', '10.0.0.0/8']],
  ])('reads TRUST_PROXY=%s', (TRUST_PROXY, trustProxy) => {
    expect(readConfig({ TRUST_PROXY }).trustProxy).toEqual(trustProxy);
  });

  it('lets phones poll at one server, and at many only if the operator says so', () => {
    const REDIS_URL = 'redis://127.0.0.1:6379/0';
    expect(readConfig({}).longPolling).toBe(true);
    expect(readConfig({ LONG_POLLING: 'off' }).longPolling).toBe(false);
    expect(readConfig({ REDIS_URL }).longPolling).toBe(false);
    expect(readConfig({ REDIS_URL, LONG_POLLING: 'on' }).longPolling).toBe(true);
  });

  it('reads the path under which a proxy publishes the server', () => {
    expect(readConfig({ PUBLIC_PATH: '/tools/call/' }).publicPath).toBe('/tools/call');
    expect(readConfig({ PUBLIC_PATH: '/' }).publicPath).toBe('');
  });

  it('reads the OpenID Connect provider', () => {
    const given = { OIDC_ISSUER: 'https://id.example.org/realms/club', OIDC_CLIENT_ID: 'quick-call' };
    const oidc = { issuer: given.OIDC_ISSUER, clientId: 'quick-call', clientSecret: null, allow: [] };
    expect(readConfig(given).oidc).toEqual({ ...oidc, name: 'id.example.org' });
    const more = {
      ...given,
      OIDC_CLIENT_SECRET: 's',
      OIDC_NAME: 'Club',
      OIDC_ALLOW: 'example.org,group:staff',
    };
    const allow = [
      { kind: 'domain', name: 'example.org' },
      { kind: 'group', name: 'staff' },
    ];
    expect(readConfig(more).oidc).toEqual({ ...oidc, clientSecret: 's', name: 'Club', allow });
    expect(() => readConfig({ ...given, OIDC_ALLOW: 'staff' })).toThrow('OIDC_ALLOW must be domains');
    expect(() => readConfig({ OIDC_ALLOW: 'example.org' })).toThrow('OIDC_ALLOW is set without OIDC_ISSUER');
    expect(() => readConfig({ OIDC_ISSUER: given.OIDC_ISSUER })).toThrow('OIDC_CLIENT_ID must be set');
    expect(readConfig({ OIDC_ISSUER: 'http://127.0.0.1:9000', OIDC_CLIENT_ID: 'x' }).oidc).not.toBeNull();
  });

  it('reads the relay', () => {
    const given = { TURN_URLS: 'turn:t.example?transport=udp, turns:t.example:443', TURN_SECRET: 's' };
    const turn = { urls: ['turn:t.example?transport=udp', 'turns:t.example:443'], secret: 's' };
    expect(readConfig(given)).toMatchObject({ turn, hideAddresses: 'choice' });
    const more = { ...given, HIDE_ADDRESSES: 'always', STUN_URLS: 'stun:a,stun:b' };
    expect(readConfig(more)).toMatchObject({ turn, hideAddresses: 'always' });
  });

  it.each([
    [{ TURN_URLS: 'turn:a' }, 'TURN_URLS is set without TURN_SECRET'],
    [{ TURN_SECRET: 'secret' }, 'TURN_SECRET is set without TURN_URLS'],
    [
      { TURN_URLS: 'turn:a,turn:b,turn:c', STUN_URLS: 'stun:a,stun:b', TURN_SECRET: 'secret' },
      'TURN_URLS and STUN_URLS must be at most 4 addresses together',
    ],
    [{ HIDE_ADDRESSES: 'always' }, 'HIDE_ADDRESSES cannot be always without TURN_URLS'],
  ])('refuses a relay that is only partly set: %o', (given, line) => {
    expect(() => readConfig(given)).toThrow(new ConfigError(line));
  });

  it.each([
    'postgres://quick:secret@db.example.org:5433/quick?sslmode=verify-full',
    'postgresql://quick@db/quick',
    'postgres:///quick?host=/run/postgresql',
  ])('reads %s', (url) => {
    const { database, databaseConnections } = readConfig({ DATABASE_URL: url });
    expect(database).toEqual({ kind: 'postgres', url });
    expect(databaseConnections).toBe(10);
  });

  it('reads lists', () => {
    const config = readConfig({
      STUN_URLS: 'stun:a.example:3478, stuns:b.example',
      ALLOWED_HOSTS: 'Calls.example.org,calls.example.com',
      DATABASE_URL: 'sqlite::memory:',
    });
    expect(config.stunUrls).toEqual(['stun:a.example:3478', 'stuns:b.example']);
    expect(config.allowedHosts).toEqual(['calls.example.org', 'calls.example.com']);
    expect(config.database).toEqual({ kind: 'sqlite', file: ':memory:' });
  });

  it.each([
    ['HOST', 'a b'],
    ['HOST', 'http://localhost'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3e3'],
    ['PORT', 'http'],
    ['DATABASE_URL', 'data.db'],
    ['DATABASE_URL', 'sqlite:'],
    ['DATABASE_URL', 'postgres://user:secret@db'],
    ['DATABASE_URL', 'postgres:///quick'],
    ['DATABASE_URL', 'postgres://user:secret@db:port/quick'],
    ['DATABASE_URL', 'postgres://user:secret@db/quick/call'],
    ['DATABASE_URL', 'mysql://user:secret@db/quick'],
    ['DATABASE_CONNECTIONS', '0'],
    ['DATABASE_CONNECTIONS', '201'],
    ['REDIS_URL', 'http://:secret@localhost'],
    ['REGISTRATION', 'everybody'],
    ['HISTORY_DAYS', '0'],
    ['MESSAGE_DAYS', '0'],
    ['SESSION_DAYS', '0'],
    ['SESSION_DAYS', '1.5'],
    ['DIRECTORY', 'nobody'],
    ['RING_TIMEOUT_S', '4'],
    ['STUN_URLS', 'https://stun.example'],
    ['STUN_URLS', 'turn:turn.example'],
    ['STUN_URLS', 'stun:a,stun:b,stun:c,stun:d,stun:e'],
    ['TURN_URLS', 'turn:turn.example'],
    ['TURN_URLS', 'stun:turn.example'],
    ['TURN_URLS', 'https://turn.example'],
    ['TURN_URLS', 'turn:user:secret@turn.example'],
    ['TURN_URLS', 'turn:turn.example?transport=tls'],
    ['TURN_SECRET', 'secret'],
    ['TURN_SECRET', 'secret'.repeat(100)],
    ['HIDE_ADDRESSES', 'never'],
    ['OIDC_ISSUER', 'http://id.example.org'],
    ['OIDC_ISSUER', 'id.example.org'],
    ['OIDC_ISSUER', 'https://id.example.org/?secret'],
    ['OIDC_CLIENT_ID', 'quick-call'],
    ['OIDC_CLIENT_SECRET', 'secret'],
    ['LOG_LEVEL', 'loud'],
    ['LONG_POLLING', 'yes'],
    ['PUBLIC_PATH', 'call'],
    ['PUBLIC_PATH', '/call?'],
    ['PUBLIC_PATH', '//call'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '0'],
    ['TRUST_PROXY', 'proxy.example'],
    ['TRUST_PROXY', '10.0.0.0/8/8'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['RATE_LIMIT_FACTOR', '0'],
    ['RATE_LIMIT_FACTOR', '1001'],
    ['RATE_LIMIT_IPV6_PREFIX', '60'],
    ['ALLOWED_HOSTS', 'https://calls.example.org'],
    ['ALLOWED_HOSTS', '*'],
  ])('refuses %s=%s in one line that names it and does not repeat it', (name, value) => {
    let line = '';
    try {
      readConfig({ [name]: value });
    } catch (error) {
      line = String(error);
    }
    expect(line).toMatch(new RegExp(`^ConfigError: ${name} [^\n]+$`));
    expect(line).not.toContain('secret');
  });
});

describe('hosts', () => {
  it('reads the Host header', () => {
    expect(hostOfHeader('Calls.Example.org:3000')).toBe('calls.example.org');
    expect(hostOfHeader('calls.example.org.')).toBe('calls.example.org');
    expect(hostOfHeader('[::1]:3000')).toBe('::1');
    for (const wrong of ['', 'a b', 'a:b', '[::1', 'user@host', 'a/b'])
      expect(hostOfHeader(wrong)).toBeNull();
  });

  it('knows what only this machine reaches', () => {
    for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '::1']) expect(isLoopback(host)).toBe(true);
    for (const host of ['0.0.0.0', '::', '127.example.org', '10.0.0.1']) expect(isLoopback(host)).toBe(false);
  });
});
