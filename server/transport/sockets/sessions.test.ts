import { afterEach, describe, expect, it } from 'vitest';
import { PROTOCOL_VERSION } from '../../../protocol/version.ts';
import { settle } from '../../../testkit/server/settle.ts';
import { startTestServer, type TestServer } from '../../../testkit/server/start-test-server.ts';
import { systemClock } from '../../clock.ts';

let server: TestServer;
afterEach(() => server.stop());

describe('handshake', () => {
  it.each([
    ['a version that is none', { protocol: 0.5 }, 'bad-request'],
    ['an older version', { protocol: PROTOCOL_VERSION - 1 }, 'version-too-old'],
    [
      'a newer version, whatever else it sends',
      { protocol: PROTOCOL_VERSION + 1, novelty: true },
      'version-too-new',
    ],
    ['no token', { token: undefined }, 'bad-request'],
    ['a token that nobody has', { token: 'A'.repeat(43) }, 'unauthorized'],
    ['an instance that is no UUID', { instanceId: 'x' }, 'bad-request'],
    ['more than it asks for', { admin: true }, 'bad-request'],
    ['a call that is no UUID', { callId: '../../..' }, 'bad-request'],
  ])('refuses %s', async (_what, auth, code) => {
    server = await startTestServer();
    const { token } = await server.signUp('ada');
    expect(await server.dial({ token, auth }).refused()).toBe(code);
  });

  it.each(['https://evil.example', 'http://localhost:3000', 'null', 'file://', 'chrome-extension://x@evil/'])(
    'does not open a connection to the origin %s',
    async (origin) => {
      server = await startTestServer();
      const { token } = await server.signUp('ada');
      expect(await server.dial({ token, headers: { origin } }).refused()).toBe('closed');
    },
  );

  it('opens one to an extension', async () => {
    server = await startTestServer();
    const headers = { origin: `chrome-extension://${'a'.repeat(32)}` };
    const phone = await server.phone(await server.signUp('ada'), { headers });
    expect(phone.socket.connected).toBe(true);
  });

  it('does not open one under a name it does not know', async () => {
    server = await startTestServer();
    const { token } = await server.signUp('ada');
    expect(await server.dial({ token, headers: { host: 'rebound.example' } }).refused()).toBe('closed');
  });

  it('refuses a session that has run out', async () => {
    server = await startTestServer({ config: { sessionLife: -1 } });
    const { token } = await server.signUp('ada');
    expect(await server.dial({ token }).refused()).toBe('unauthorized');
  });
});

describe('one session', () => {
  it('has one phone: a newer one ends the older for good, and the older does not come back', async () => {
    server = await startTestServer();
    const ada = await server.signUp('ada');
    const older = await server.phone(ada, { reconnection: true });
    const closed = older.closed();
    const newer = await server.phone(ada);
    expect(await older.next('session:ended')).toEqual({ code: 'superseded' });
    expect(await closed).toBe('io server disconnect');
    const again = server.dial({ token: ada.token, instanceId: older.instanceId });
    expect(await again.next('session:ended')).toEqual({ code: 'superseded' });
    expect(newer.socket.connected).toBe(true);
    expect(newer.all('session:ended')).toEqual([]);
  });

  it('lets the same phone replace its own connection without ending the session, and the person stays online', async () => {
    server = await startTestServer();
    const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    const watcher = await server.phone(bob);
    const first = await server.phone(ada);
    const second = await server.phone(ada, { instanceId: first.instanceId });
    await settle();
    expect(first.all('session:ended')).toEqual([]);
    expect(first.socket.connected).toBe(false);
    expect(second.socket.connected).toBe(true);
    expect(watcher.all('presence:changed').map(({ status }) => status)).toEqual(['available']);
  });

  it("does not let a phone take the place of somebody else's", async () => {
    server = await startTestServer();
    const [ada, eve] = [await server.signUp('ada'), await server.signUp('eve')];
    const phone = await server.phone(ada);
    const thief = server.dial({ token: eve.token, instanceId: phone.instanceId });
    expect(await thief.next('session:ended')).toEqual({ code: 'superseded' });
    expect(phone.socket.connected).toBe(true);
  });

  it('ends with sign-out: its phone is told and closed, its token is worth nothing, others go on', async () => {
    server = await startTestServer();
    const ada = await server.signUp('ada');
    const other = await server.phone(await server.signIn('ada'));
    const phone = await server.phone(ada, { reconnection: true });
    const closed = phone.closed();
    await server.signOut(ada);
    expect(await phone.next('session:ended')).toEqual({ code: 'unauthorized' });
    expect(await closed).toBe('io server disconnect');
    expect(await server.dial({ token: ada.token }).refused()).toBe('unauthorized');
    await expect(server.signOut(ada)).rejects.toThrow('unauthorized');
    expect(other.socket.connected).toBe(true);
  });
});

it('tells a phone the server’s time before everything that has a time in it', async () => {
  const now = Date.now() + 3 * 3_600_000;
  server = await startTestServer({ clock: { ...systemClock, now: () => now } });
  const phone = await server.phone(await server.signUp('ada'));
  expect(phone.all('server:time')).toEqual([{ now }]);
  expect(phone.heard.slice(0, 2).map(({ event }) => event)).toEqual(['server:time', 'session:ready']);
});

describe('stopping', () => {
  it('tells phones when to come back and closes so that they do', async () => {
    server = await startTestServer();
    const phone = await server.phone(await server.signUp('ada'));
    const closed = phone.closed();
    const stopped = server.app.stop();
    const { reconnectIn } = await phone.next('server:draining');
    expect(reconnectIn).toBeGreaterThanOrEqual(1000);
    expect(await closed).toBe('transport close');
    await stopped;
  });
});
