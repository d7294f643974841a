import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { testSdp } from '../../../testkit/server/descriptions.ts';
import { startTestServer, type TestServer } from '../../../testkit/server/start-test-server.ts';
import { settle } from '../../../testkit/server/settle.ts';

const EXTENSION = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';
const OPEN = '/socket.io/?EIO=4&transport=polling';

let server: TestServer;
afterEach(() => server.stop());

const poll = (path = OPEN, init: RequestInit = {}): Promise<Response> => fetch(server.url + path, init);

/** The id of a connection that is opened by polling, without a handshake. */
const open = async (): Promise<string> => /"sid":"([^"]+)"/.exec(await (await poll()).text())?.[1] ?? '';

describe('a phone that polls', () => {
  it('calls one on a websocket', async () => {
    server = await startTestServer({ config: { longPolling: true } });
    const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    const [from, to] = [await server.phone(ada, { transport: 'polling' }), await server.phone(bob)];
    const callId = randomUUID();
    const invite = { callId, to: bob.account.userId, media: 'audio', offer: testSdp('offer') } as const;
    expect(await from.request('call:invite', invite)).toMatchObject({ ok: true });
    expect(await to.next('call:incoming')).toMatchObject({ callId });
    expect(await to.request('call:end', { callId })).toMatchObject({ ok: true });
    expect(await from.next('call:state')).toMatchObject({ state: 'ended' });
  });

  it('is told why its handshake is refused', async () => {
    server = await startTestServer({ config: { longPolling: true } });
    const phone = server.dial({ token: 'x'.repeat(43), transport: 'polling' });
    expect(await phone.refused()).toBe('unauthorized');
  });
});

describe('polling', () => {
  it('is closed to web pages, to scripts that pages load, and to other methods', async () => {
    server = await startTestServer({ config: { longPolling: true } });
    expect((await poll(OPEN, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
    expect((await poll(`${OPEN}&j=0`)).status).toBe(400);
    expect((await poll(OPEN, { method: 'PUT' })).status).toBe(400);
    const ours = await poll(OPEN, { headers: { origin: EXTENSION } });
    expect([ours.status, ours.headers.get('access-control-allow-origin')]).toEqual([200, EXTENSION]);
    // Also one that goes on.
    const sid = /"sid":"([^"]+)"/.exec(await ours.text())?.[1] ?? '';
    const path = `${OPEN}&sid=${sid}`;
    const stolen = await poll(path, {
      method: 'POST',
      body: '40',
      headers: { origin: 'https://evil.example' },
    });
    expect(stolen.status).toBe(403);
  });

  it('counts openings by address and what goes on by connection', async () => {
    server = await startTestServer({
      config: { longPolling: true },
      deps: (deps) => ({
        ...deps,
        createLimiter: (name, count) =>
          deps.createLimiter(name, name === 'requests:address' || name === 'polls:connection' ? 3 : count),
      }),
    });
    const sid = await open();
    const send = async (to: string): Promise<number> =>
      (await poll(`${OPEN}&sid=${to}`, { method: 'POST', body: '3' })).status;
    expect([await send(sid), await send(sid), await send(sid), await send(sid)]).toEqual([
      200, 200, 200, 429,
    ]);
    // The opening counted, too.
    expect([await send('unknown'), await send('__proto__'), await send('unknown')]).toEqual([400, 400, 429]);
  });

  it('takes no more in one request than in one frame', async () => {
    server = await startTestServer({ config: { longPolling: true } });
    const path = `${OPEN}&sid=${await open()}`;
    const answer = await poll(path, { method: 'POST', body: '4'.repeat(2_000_000) });
    expect(answer.status).toBe(413);
    await settle();
    expect((await poll('/healthz')).status).toBe(200);
  });

  it('is refused where the operator turns it off, with what is missing', async () => {
    server = await startTestServer({ config: { longPolling: false } });
    const answer = await poll();
    expect([answer.status, answer.headers.get('upgrade')]).toEqual([426, 'websocket']);
  });
});
