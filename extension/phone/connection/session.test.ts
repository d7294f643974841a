import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { deviceSecretSchema } from '../../../protocol/account/account.ts';
import type { Session as SessionView } from '../../ipc/snapshot.ts';
import type { VisitProvider } from './provider-sign-in.ts';
import { sampleReady } from '../../../testkit/ipc/sample-ready.ts';
import { Session } from './session.ts';
import { SignInStore } from './stored-sign-in.ts';

const TOKEN = 't'.repeat(43);
const account = { userId: '10000000-0000-4000-8000-000000000000', username: 'ann', displayName: 'Ann' };
const signedIn = { token: TOKEN, sessionId: '20000000-0000-4000-8000-000000000000', account };
const INSTANCE = '30000000-0000-4000-8000-000000000000';
const AWAY = { status: 'away', until: null, text: null, lastSeenShown: false } as const;
const claim = { username: 'ann', password: 'password-1' };

let http: HttpServer;
let sockets: Server;
let choice = { serverUrl: '', insecureConfirmed: false };
/** What the server answers to each request; `requests` is what it was asked. */
let answers: Record<string, [number, unknown]> = {};
let requests: string[] = [];
let bodies: unknown[] = [];
let sessions: Session[] = [];

beforeEach(async () => {
  answers = { 'POST /api/v1/sessions': [201, signedIn], 'DELETE /api/v1/sessions/current': [204, null] };
  requests = [];
  bodies = [];
  http = createServer((request, response) => {
    const name = `${request.method ?? ''} ${request.url ?? ''}`;
    requests.push(`${name} ${request.headers.authorization ?? ''}`.trim());
    request.setEncoding('utf8').on('data', (text: string) => bodies.push(JSON.parse(text)));
    const [status, body] = answers[name] ?? [404, null];
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(status === 204 ? undefined : JSON.stringify(body));
  });
  sockets = new Server(http);
  sockets.on('connection', (socket) => {
    socket.emit('session:ready', sampleReady(account, AWAY));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  choice = {
    serverUrl: `localhost:${String((http.address() as AddressInfo).port)}`,
    insecureConfirmed: false,
  };
});
afterEach(async () => {
  for (const session of sessions) session.signaling?.close();
  sessions = [];
  await sockets.close();
});

const setUp = (values = new Map<string, unknown>(), visit: VisitProvider = () => Promise.resolve(null)) => {
  const views: SessionView[] = [];
  const onStopped = vi.fn();
  const session = new Session({
    instanceId: INSTANCE,
    deviceName: 'Chromium on Linux',
    store: new SignInStore({
      get: (key) => Promise.resolve(values.get(key)),
      set: (key, value) => Promise.resolve(void values.set(key, value)),
      delete: (key) => Promise.resolve(void values.delete(key)),
    }),
    heldCall: () => undefined,
    untoldEnd: () => undefined,
    idle: () => false,
    onChange: (view) => views.push(view),
    visitProvider: visit,
    onSignaling: () => undefined,
    onStopped,
    log: () => undefined,
  });
  sessions.push(session);
  const online = () =>
    vi.waitFor(() => {
      expect(views.at(-1)).toMatchObject({
        kind: 'signed-in',
        connection: { kind: 'online' },
        presence: AWAY,
      });
    });
  return { session, values, views, onStopped, online };
};

describe('Session', () => {
  it('signs in, and goes on after a restart', async () => {
    const { session, values, online } = setUp();
    await session.start();
    expect(await session.signIn(choice, claim)).toEqual({ ok: true });
    await online();
    const later = setUp(values);
    await later.session.start();
    await later.online();
    expect(requests).toHaveLength(1);
  });

  it('signs in at a provider', async () => {
    answers['POST /api/v1/sessions/provider'] = [201, signedIn];
    const { session, online } = setUp(new Map(), (url) => {
      const state = new URL(url).searchParams.get('state') ?? '';
      return Promise.resolve(`https://id.chromiumapp.org/?state=${state}&code=${'c'.repeat(43)}`);
    });
    expect(await session.signInAtProvider(choice)).toEqual({ ok: true });
    await online();
  });

  it('takes an invite code along to the provider', async () => {
    const visited: string[] = [];
    const { session } = setUp(new Map(), (url) => {
      visited.push(url);
      return Promise.resolve(null);
    });
    await session.signInAtProvider(choice, 'K7QM-2XPD-9FHT-4WCB');
    expect(visited).toEqual([expect.stringContaining('inviteCode=K7QM-2XPD-9FHT-4WCB')]);
  });

  it('stays as it was when the provider’s window is closed', async () => {
    const { session, online } = setUp();
    await session.signIn(choice, claim);
    await online();
    expect(await session.signInAtProvider(choice)).toEqual({ ok: false, code: 'provider-closed' });
    await online();
    expect(requests).toHaveLength(1);
  });

  it('never shows the token', async () => {
    const { session, views, online } = setUp();
    await session.signIn(choice, claim);
    await online();
    expect(JSON.stringify(views)).not.toContain(TOKEN);
  });

  it('signs out here and at the server, and remembers where that was', async () => {
    const { session, values, views, online, onStopped } = setUp();
    await session.signIn(choice, claim);
    await online();
    expect(await session.signOut()).toEqual({ ok: true });
    expect(onStopped).toHaveBeenCalledOnce();
    expect(requests.at(-1)).toBe(`DELETE /api/v1/sessions/current Bearer ${TOKEN}`);
    const signedOut = {
      kind: 'signed-out',
      serverUrl: `http://${choice.serverUrl}`,
      username: 'ann',
      problem: null,
    };
    expect(views.at(-1)).toEqual(signedOut);
    const later = setUp(values);
    await later.session.start();
    expect(later.views).toEqual([signedOut]);
    expect(JSON.stringify([...values])).not.toContain(TOKEN);
  });

  it('is known to the server by a secret of its own for each account, also after signing out', async () => {
    const { session, values } = setUp();
    const secretOf = () => z.object({ deviceSecret: deviceSecretSchema }).parse(bodies.at(-1)).deviceSecret;
    answers['POST /api/v1/sessions'] = [401, { code: 'wrong-credentials' }];
    await session.signIn(choice, claim);
    expect(JSON.stringify([...values])).not.toContain(secretOf());
    answers['POST /api/v1/sessions'] = [201, signedIn];
    await session.signIn(choice, claim);
    const first = secretOf();
    await session.signOut();
    const later = setUp(values).session;
    await later.signIn(choice, { ...claim, username: 'ANN' });
    expect(secretOf()).toBe(first);
    await later.signIn(choice, { ...claim, username: 'bea' });
    expect(secretOf()).not.toBe(first);
  });

  it('is signed out when the server no longer knows it', async () => {
    const { session, views, online, onStopped } = setUp();
    await session.signIn(choice, claim);
    await online();
    sockets.emit('session:ended', { code: 'unauthorized' });
    await vi.waitFor(() => {
      expect(views.at(-1)).toMatchObject({ kind: 'signed-out', username: 'ann', problem: 'unauthorized' });
    });
    expect(onStopped).toHaveBeenCalledOnce();
  });

  it.each(['told by the connection', 'told by the answer'])(
    'remembers nothing of an account that is deleted, %s',
    async (way) => {
      const { session, values, views, online, onStopped } = setUp();
      await session.signIn(choice, claim);
      await online();
      const { signaling } = session;
      if (way === 'told by the answer') await session.accountDeleted();
      else sockets.emit('session:ended', { code: 'account-deleted' });
      const signedOut = {
        kind: 'signed-out',
        serverUrl: `http://${choice.serverUrl}`,
        username: null,
        problem: 'account-deleted',
      };
      await vi.waitFor(() => {
        expect(views.at(-1)).toEqual(signedOut);
        expect([...values]).toEqual([]);
      });
      expect(onStopped).toHaveBeenCalledOnce();
      expect([signaling?.online, session.client]).toEqual([false, null]);
    },
  );

  it('shows what another device changes of the account', async () => {
    const { session, views, online } = setUp();
    await session.signIn(choice, claim);
    await online();
    sockets.emit('account:changed', { ...account, displayName: 'Annabel' });
    await vi.waitFor(() => {
      expect(views.at(-1)).toMatchObject({ kind: 'signed-in', account: { displayName: 'Annabel' } });
    });
  });

  it('stays signed in, but down, when another phone took over', async () => {
    const { session, views, online, onStopped } = setUp();
    await session.signIn(choice, claim);
    await online();
    sockets.emit('session:ended', { code: 'superseded' });
    await vi.waitFor(() => {
      expect(views.at(-1)).toMatchObject({
        kind: 'signed-in',
        connection: { kind: 'offline', problem: 'superseded', retryAt: null },
      });
    });
    expect(onStopped).toHaveBeenCalledOnce();
    expect(session.reconnect()).toEqual({ ok: true });
    await online();
  });

  it.each([
    [401, { code: 'wrong-credentials' }, 'wrong-credentials'],
    [503, { code: 'overloaded' }, 'overloaded'],
    [404, 'Not Found', 'not-a-server'],
    [201, { token: 'short' }, 'not-a-server'],
  ] as const)('refuses with the code of an answer %i %j', async (status, body, code) => {
    answers['POST /api/v1/sessions'] = [status, body];
    const { session, views } = setUp();
    expect(await session.signIn(choice, claim)).toEqual({ ok: false, code });
    expect(views).toEqual([]);
  });

  it('says when nobody is there, and when the text is no address', async () => {
    const { session } = setUp();
    const nowhere = { ...choice, serverUrl: 'localhost:9' };
    expect(await session.signIn(nowhere, claim)).toEqual({ ok: false, code: 'server-unreachable' });
    expect(await session.signIn({ ...choice, serverUrl: 'x y' }, claim)).toEqual({
      ok: false,
      code: 'bad-address',
    });
    expect(await session.signIn({ ...choice, serverUrl: '10.0.0.1' }, claim)).toEqual({
      ok: false,
      code: 'insecure-address',
    });
    expect(await session.signIn(choice, { ...claim, username: '!' })).toMatchObject({
      code: 'wrong-credentials',
    });
    expect(requests).toEqual([]);
  });

  it('needs a sign-in for status and reconnecting', async () => {
    const { session } = setUp();
    expect(await session.changePresence('presence:set', { status: 'away' })).toEqual({
      ok: false,
      code: 'signed-out',
    });
    expect(session.reconnect()).toEqual({ ok: false, code: 'signed-out' });
    expect(await session.signOut()).toEqual({ ok: true });
  });

  it('keeps a sign-out that the server did not hear of, and tells it later', async () => {
    const values = new Map<string, unknown>();
    const { session } = setUp(values);
    await session.signIn(choice, claim);
    answers['DELETE /api/v1/sessions/current'] = [503, { code: 'unavailable' }];
    expect(await session.signOut()).toEqual({ ok: true });
    expect(values.has('sign-in')).toBe(false);
    expect(values.get('left-sign-ins')).toMatchObject([{ token: TOKEN }]);
    answers['DELETE /api/v1/sessions/current'] = [204, null];
    requests = [];
    await setUp(values).session.start();
    await expect.poll(() => values.has('left-sign-ins')).toBe(false);
    expect(requests).toEqual([`DELETE /api/v1/sessions/current Bearer ${TOKEN}`]);
  });
});
