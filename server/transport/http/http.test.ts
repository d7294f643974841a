import { randomUUID } from 'node:crypto';
import { createServer, request } from 'node:http';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { problemSchema } from '../../../protocol/errors.ts';
import { createPasswords } from '../../account/passwords.ts';
import { listen } from './listen.ts';
import { bareHttp } from '../../../testkit/server/bare-http.ts';
import { PROTOCOL_VERSION } from '../../../protocol/version.ts';
import { startTestServer, type TestServer } from '../../../testkit/server/start-test-server.ts';
import { TEST_PASSWORD } from '../../../testkit/server/test-people.ts';
import { Refused } from '../../refused.ts';
import { healthRoutes } from './health-routes.ts';

let server: TestServer;
afterEach(() => server.stop());

const EXTENSION = `chrome-extension://${'a'.repeat(32)}`;

const post = (path: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(server.url + path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });

const problemOf = async (response: Response): Promise<[number, string]> => [
  response.status,
  problemSchema.parse(await response.json()).code,
];

/** `fetch` does not let a `Host` header be set. */
const getAs = (host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const sent = request(`${server.url}/api/v1/server`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject).end();
  });

const ada = { username: 'Ada', displayName: 'Ada', password: TEST_PASSWORD };

describe('accounts over REST', () => {
  it('signs up, in and out', async () => {
    server = await startTestServer();
    const up = await server.signUp('ada');
    const again = await server.signIn('ada');
    expect(again.account).toEqual(up.account);
    expect(again.sessionId).not.toBe(up.sessionId);
    await server.signOut(up);
    await expect(server.signOut(up)).rejects.toThrow('unauthorized');
    await server.signOut(again);
  });

  it('keeps usernames unique without regard to case', async () => {
    server = await startTestServer();
    await server.signUp('ada');
    expect(await problemOf(await post('/api/v1/accounts', JSON.stringify(ada)))).toEqual([
      409,
      'username-taken',
    ]);
  });

  it('answers a wrong password and an unknown name alike', async () => {
    server = await startTestServer();
    await server.signUp('ada');
    for (const username of ['ada', 'nobody']) {
      const body = JSON.stringify({ username, password: 'wrong password' });
      expect(await problemOf(await post('/api/v1/sessions', body))).toEqual([401, 'wrong-credentials']);
    }
  });

  it.each([
    ['invite', 'invite-needed'],
    ['closed', 'registration-closed'],
  ] as const)('creates no account just so while registration is %s', async (registration, code) => {
    server = await startTestServer({ config: { registration } });
    await expect(server.signUp('ada')).rejects.toThrow(code);
    const info: unknown = await (await fetch(`${server.url}/api/v1/server`)).json();
    expect(info).toEqual({
      product: 'quick-call',
      version: '0.0.0-test',
      protocol: PROTOCOL_VERSION,
      registration,
      provider: null,
    });
  });

  it.each([
    ['no JSON', '{', 400, 'bad-request'],
    ['no object', '[]', 400, 'bad-request'],
    ['a field too many', JSON.stringify({ ...ada, admin: true }), 400, 'bad-request'],
    ['a short password', JSON.stringify({ ...ada, password: '1234567' }), 400, 'bad-request'],
    [
      'a hidden prototype',
      '{"username":"ada","displayName":"A","password":"12345678","__proto__":{}}',
      400,
      'bad-request',
    ],
    [
      'a bidi override in the name',
      JSON.stringify({ ...ada, displayName: 'A\u202Eda' }),
      400,
      'bad-character',
    ],
    ['too much', JSON.stringify({ ...ada, displayName: 'x'.repeat(9000) }), 413, 'too-large'],
  ])('refuses %s', async (_what, body, status, code) => {
    server = await startTestServer();
    expect(await problemOf(await post('/api/v1/accounts', body))).toEqual([status, code]);
    expect(await server.store.accounts.count()).toBe(0);
  });

  it('refuses a body that does not say that it is JSON, and paths that are not there', async () => {
    server = await startTestServer();
    const plain = await post('/api/v1/accounts', JSON.stringify(ada), { 'content-type': 'text/plain' });
    expect(await problemOf(plain)).toEqual([400, 'bad-request']);
    expect(await problemOf(await fetch(`${server.url}/api/v2/${randomUUID()}`))).toEqual([404, 'not-found']);
    expect(await problemOf(await fetch(`${server.url}/api/v1/accounts`))).toEqual([404, 'not-found']);
  });

  it('answers 503, and when to try again, while too many passwords wait to be hashed', async () => {
    const passwords = createPasswords({ memory: 4096, passes: 2, parallelism: 1 });
    server = await startTestServer({ deps: (deps) => ({ ...deps, passwords }) });
    await server.signUp('ada');
    const body = JSON.stringify({ username: 'ada', password: 'wrong password' });
    const answers = await Promise.all(Array.from({ length: 120 }, () => post('/api/v1/sessions', body)));
    const refused = answers.filter(({ status }) => status === 503);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.headers.get('retry-after')).toBe('2');
    expect(answers.every(({ status }) => status === 503 || status === 401)).toBe(true);
    expect((await server.signIn('ada')).account.username).toBe('ada');
  });
});

describe('who may ask', () => {
  it.each(['https://evil.example', 'http://127.0.0.1:3000', 'null', `${EXTENSION}/x`, 'file://'])(
    'refuses the origin %s',
    async (origin) => {
      server = await startTestServer();
      const response = await fetch(`${server.url}/api/v1/server`, { headers: { origin } });
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      expect(await problemOf(response)).toEqual([403, 'origin-refused']);
      const preflight = await fetch(`${server.url}/api/v1/accounts`, {
        method: 'OPTIONS',
        headers: { origin },
      });
      expect(preflight.status).toBe(403);
    },
  );

  it.each([EXTENSION, 'moz-extension://0b3a1b5e-2c0e-4b0b-9a0e-1d2f3a4b5c6d'])(
    'lets %s read',
    async (origin) => {
      server = await startTestServer();
      const response = await fetch(`${server.url}/api/v1/server`, { headers: { origin } });
      expect(response.status).toBe(200);
      expect(response.headers.get('access-control-allow-origin')).toBe(origin);
      expect(response.headers.get('vary')).toContain('Origin');
      const preflight = await fetch(`${server.url}/api/v1/accounts`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
    },
  );

  it('lets no extension in but those of EXTENSION_IDS', async () => {
    server = await startTestServer({ config: { extensionIds: ['b'.repeat(32)] } });
    const [known, other] = [`chrome-extension://${'b'.repeat(32)}`, EXTENSION];
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    expect((await fetch(`${server.url}/readyz`, { headers: { origin: known } })).status).toBe(200);
    const refused = await fetch(`${server.url}/readyz`, { headers: { origin: other } });
    expect(refused.status).toBe(403);
    // It may read why.
    expect(refused.headers.get('access-control-allow-origin')).toBe(other);
    const { token } = await server.signUp('ada');
    for (const headers of [{}, { origin: other }]) {
      expect(await server.dial({ token, headers }).refused()).toBe('closed');
      expect(await server.dial({ token, headers, transport: 'polling' }).refused()).toBe('closed');
    }
    await server.dial({ token, headers: { origin: known } }).next('session:ready');
  });

  it('tells extensions about refusals too', async () => {
    server = await startTestServer();
    const response = await post('/api/v1/accounts', '{', { origin: EXTENSION });
    expect(response.headers.get('access-control-allow-origin')).toBe(EXTENSION);
  });

  it('answers only to names it knows', async () => {
    server = await startTestServer({ config: { allowedHosts: ['calls.example.org'] } });
    for (const host of [
      'localhost:1',
      'LOCALHOST',
      '127.0.0.1',
      '[::1]:3000',
      '192.168.1.5',
      'calls.example.org:443',
      'me.localhost',
    ]) {
      expect([host, await getAs(host)]).toEqual([host, 200]);
    }
    for (const host of ['evil.example', 'calls.example.org.evil.example', '127.0.0.1.evil.example', 'a b']) {
      const status = await getAs(host);
      expect([host, status === 403 || status === 400]).toEqual([host, true]);
    }
    expect(server.logged.filter((line) => line.includes('"host":"evil.example"'))).toHaveLength(1);
  });
});

describe('health', () => {
  const ready = async (): Promise<[number, unknown]> => {
    const response = await fetch(`${server.url}/readyz`);
    return [response.status, await response.json()];
  };

  it('is ready while the database answers, and says when it does not', async () => {
    let ping = (): Promise<void> => Promise.resolve();
    server = await startTestServer({
      deps: (deps) => ({ ...deps, store: { ...deps.store, ping: () => ping() } }),
    });
    expect(await ready()).toEqual([200, { ok: true, draining: false, checks: { database: true } }]);
    ping = () => Promise.reject(new Error('postgres://user:secret@db is gone'));
    expect(await ready()).toEqual([503, { ok: false, draining: false, checks: { database: false } }]);
    ping = () => new Promise(() => undefined);
    expect(await ready()).toEqual([503, { ok: false, draining: false, checks: { database: false } }]);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  it('tells of a Redis that is away, and is ready: sign-in, history and messages go on', async () => {
    let isUp = true;
    server = await startTestServer({
      config: { redisUrl: 'redis://127.0.0.1' },
      deps: (deps) => ({ ...deps, live: { ...deps.live, isUp: () => isUp } }),
    });
    const checks = { database: true, redis: true };
    expect(await ready()).toEqual([200, { ok: true, draining: false, checks }]);
    isUp = false;
    expect(await ready()).toEqual([200, { ok: true, draining: false, checks: { ...checks, redis: false } }]);
  });

  it('says why the database cannot be used, as a code', async () => {
    server = await startTestServer({
      deps: (deps) => ({
        ...deps,
        store: { ...deps.store, ping: () => Promise.reject(new Refused('storage-full')) },
      }),
    });
    expect(await ready()).toEqual([
      503,
      { ok: false, draining: false, checks: { database: false }, why: { database: 'storage-full' } },
    ]);
  });

  it('is not ready while it drains', async () => {
    const routes = healthRoutes({ needs: {}, uses: {}, isDraining: () => true });
    server = await startTestServer();
    const http = createServer(bareHttp(routes));
    onTestFinished(() => void http.close());
    const port = await listen(http, { host: '127.0.0.1', port: 0 });
    const response = await fetch(`http://127.0.0.1:${String(port)}/readyz`);
    expect([response.status, await response.json()]).toEqual([
      503,
      { ok: false, draining: true, checks: {} },
    ]);
  });
});
