import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { problemSchema } from '../../protocol/errors.ts';
import {
  startTestServer,
  type TestServer,
  type TestServerOptions,
} from '../../testkit/server/start-test-server.ts';
import { TEST_PASSWORD } from '../../testkit/server/test-people.ts';
import { createMemoryLimiters } from '../live/memory/memory-limiters.ts';
import type { RateName } from './rates.ts';

let server: TestServer;
afterEach(() => server.stop());

const start = async (options: TestServerOptions = {}): Promise<void> => {
  server = await startTestServer({ ...options, config: { rateLimitFactor: 1, ...options.config } });
};

/** A server on which one thing may be done so often in a minute, and everything else much more. */
const startWithLimit = (name: RateName, count: number): Promise<void> => {
  const wide = createMemoryLimiters(1000);
  let taken = 0;
  return start({
    deps: (deps) => ({
      ...deps,
      createLimiter: (wanted) =>
        wanted === name
          ? {
              take: () => Promise.resolve((taken += 1) > count ? 7 : null),
              peek: () => Promise.resolve(null),
              giveBack: () => Promise.resolve(),
              forget: () => Promise.resolve(),
            }
          : wide(wanted),
    }),
  });
};

const post = (path: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}/api/v1/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

const codeOf = async (response: Response): Promise<string> =>
  response.ok ? 'ok' : problemSchema.parse(await response.json()).code;

const guess = (username: string, more: { password?: string; deviceSecret?: string } = {}, from = '') =>
  post(
    'sessions',
    { username, password: 'wrong password', ...more },
    from ? { 'x-forwarded-for': from } : {},
  );

const makeSecret = (): string => randomBytes(32).toString('base64url');

describe('guessing passwords', () => {
  it.each(['ada', 'nobody'])('of %s ends after ten tries, with how long to wait', async (username) => {
    await start();
    await server.signUp('ada');
    for (let i = 0; i < 10; i += 1) expect(await codeOf(await guess(username))).toBe('wrong-credentials');
    const refused = await guess(username);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(await refused.json()).toEqual({ code: 'rate-limited', retryAfter: 60 });
    expect(await codeOf(await guess(username, { password: TEST_PASSWORD }))).toBe('rate-limited');
    await server.signUp('bob');
    await server.signIn('bob');
  });

  it('counts tries that run at the same time', async () => {
    await start();
    await server.signUp('ada');
    const codes = await Promise.all(Array.from({ length: 25 }, async () => codeOf(await guess('ada'))));
    expect(codes.filter((code) => code === 'wrong-credentials')).toHaveLength(10);
  });

  it('does not lock out a browser that the account knows, which has ten tries of its own', async () => {
    await start();
    const deviceSecret = makeSecret();
    const account = { username: 'ada', displayName: 'Ada', password: TEST_PASSWORD };
    expect(await codeOf(await post('accounts', { ...account, deviceSecret }))).toBe('ok');
    for (let i = 0; i < 40; i += 1) await guess('ada');
    expect(await codeOf(await guess('ada', { password: TEST_PASSWORD }))).toBe('rate-limited');
    expect(await codeOf(await guess('ada', { password: TEST_PASSWORD, deviceSecret: makeSecret() }))).toBe(
      'rate-limited',
    );
    for (let i = 0; i < 20; i += 1) {
      expect(await codeOf(await guess('ada', { password: TEST_PASSWORD, deviceSecret }))).toBe('ok');
    }
    for (let i = 0; i < 10; i += 1) {
      expect(await codeOf(await guess('ada', { deviceSecret }))).toBe('wrong-credentials');
    }
    expect(await codeOf(await guess('ada', { password: TEST_PASSWORD, deviceSecret }))).toBe('rate-limited');
  });

  it('makes a browser known by the right password only, and for that account only', async () => {
    await start();
    const deviceSecret = makeSecret();
    await server.signUp('ada');
    await server.signUp('bob');
    await guess('ada', { deviceSecret });
    expect(await codeOf(await guess('bob', { password: TEST_PASSWORD, deviceSecret }))).toBe('ok');
    for (let i = 0; i < 10; i += 1) await guess('ada', {}, '');
    expect(await codeOf(await guess('ada', { password: TEST_PASSWORD, deviceSecret }))).toBe('rate-limited');
  });

  it('is counted by the address that a trusted proxy tells, and by no other', async () => {
    await start({ config: { trustProxy: ['loopback'] } });
    const names = Array.from({ length: 31 }, (_, i) => `person${String(i)}`);
    for (const name of names) await guess(name, {}, '203.0.113.1');
    expect(await codeOf(await guess('ada', {}, '203.0.113.1'))).toBe('rate-limited');
    expect(await codeOf(await guess('ada', {}, '203.0.113.2'))).toBe('wrong-credentials');
    await server.stop();
    await start();
    for (const name of names) await guess(name, {}, '203.0.113.1');
    expect(await codeOf(await guess('ada', {}, '203.0.113.2'))).toBe('rate-limited');
  });
});

describe('signing up', () => {
  it('makes thirty accounts an hour from one address; thirty refused names leave room for one', async () => {
    await start();
    await server.signUp('person0');
    for (let i = 0; i < 30; i += 1) {
      await expect(server.signUp('person0')).rejects.toThrow('username-taken');
    }
    for (let i = 1; i < 30; i += 1) await server.signUp(`person${String(i)}`);
    await expect(server.signUp('newcomer')).rejects.toThrow('rate-limited');
  });

  it('is tried 120 times an hour, taken names included', async () => {
    await start();
    await server.signUp('person0');
    for (let i = 1; i < 120; i += 1) {
      await expect(server.signUp('person0')).rejects.toThrow('username-taken');
    }
    await expect(server.signUp('person0')).rejects.toThrow('rate-limited');
    await expect(server.signUp('newcomer')).rejects.toThrow('rate-limited');
  });
});

describe('requests', () => {
  it('are refused when there are too many, whatever they ask for', async () => {
    await startWithLimit('requests:address', 3);
    const statuses = [];
    for (const path of ['', 'api/v1/server', 'nowhere', 'healthz']) {
      statuses.push((await fetch(`${server.url}/${path}`)).status);
    }
    expect(statuses).toEqual([200, 200, 404, 429]);
  });
});

describe('connections', () => {
  it('are answered with a code when there are too many', async () => {
    await startWithLimit('handshake:address', 3);
    const ada = await server.signUp('ada');
    for (let i = 0; i < 3; i += 1) await server.phone(ada);
    expect(await server.dial({ token: ada.token }).refused()).toBe('rate-limited');
  });

  it('are not opened when there are far too many', async () => {
    await startWithLimit('connect:address', 1);
    const ada = await server.signUp('ada');
    await server.phone(ada);
    expect(await server.dial({ token: ada.token }).refused()).toBe('closed');
  });
});

describe('what phones send', () => {
  it('is answered rate-limited when it is too much, and the connection stays', async () => {
    await start();
    const [phone, other] = [
      await server.phone(await server.signUp('ada')),
      await server.phone(await server.signUp('bob')),
    ];
    const answers = await Promise.all(
      Array.from({ length: 650 }, () => {
        // One that the server does not know counts too, and is not answered.
        phone.socket.emit('no-such-event', {});
        return phone.request('presence:set', { status: 'away' });
      }),
    );
    expect(answers.at(0)).toMatchObject({ ok: true });
    expect(answers.at(-1)).toMatchObject({ ok: false, code: 'rate-limited' });
    expect(server.app.traffic.limitedEvents).toBe(100);
    expect(phone.socket.connected).toBe(true);
    expect(await other.request('presence:set', { status: 'away' })).toMatchObject({ ok: true });
  });

  it('is handled in the order in which it was sent, however long counting takes', async () => {
    let counted = 0;
    await start({
      deps: (deps) => ({
        ...deps,
        createLimiter: () => ({
          take: async () => {
            // As over a network: the earlier ones take longer.
            counted += 1;
            await new Promise((resolve) => setTimeout(resolve, Math.max(0, 40 - counted * 10)));
            return null;
          },
          peek: () => Promise.resolve(null),
          giveBack: () => Promise.resolve(),
          forget: () => Promise.resolve(),
        }),
      }),
    });
    const ada = await server.signUp('ada');
    const phone = await server.phone(ada);
    counted = 0;
    await Promise.all(
      (['away', 'do-not-disturb', 'available', 'appear-offline'] as const).map((status) =>
        phone.request('presence:set', { status }),
      ),
    );
    expect((await server.store.accounts.byId(ada.account.userId))?.chosenStatus).toBe('appear-offline');
  });
});
