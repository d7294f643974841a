import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Signaling } from './signaling.ts';
import type { Connection, ConnectionProblem } from '../../ipc/snapshot.ts';

const TOKEN = 'x'.repeat(43);
const CALL = '3f0c1f6e-8f0a-4d57-9d3c-1f1f0c2a7b10';
const INSTANCE = '7c9f1f6e-8f0a-4d57-9d3c-1f1f0c2a7b10';

type Requests = Record<string, (payload: unknown, ack: (answer: unknown) => void) => void>;
type Events = Record<string, (payload: unknown) => void>;

let http: HttpServer;
let server: Server<Requests, Events>;
let port = 0;
let clients: Signaling[] = [];

const listen = async (
  at = 0,
  path = '',
  transports: ('websocket' | 'polling')[] = ['websocket', 'polling'],
): Promise<void> => {
  http = createServer();
  server = new Server<Requests, Events>(http, { path: `${path}/socket.io`, transports });
  await new Promise<void>((resolve) => http.listen(at, '127.0.0.1', resolve));
  port = (http.address() as AddressInfo).port;
};

beforeEach(() => listen());
afterEach(async () => {
  for (const client of clients) client.close();
  clients = [];
  await server.close();
});

interface Harness {
  client: Signaling;
  states: Connection[];
  logged: string[];
  handshakes: number;
  /** What asking why tells, and how often it was asked. */
  reason: ConnectionProblem;
  asked: number;
  /** The answer comes once this is settled. */
  answering: Promise<unknown>;
}

const start = (chance = 0, path = ''): Harness => {
  const harness: Omit<Harness, 'client'> = {
    states: [],
    logged: [],
    handshakes: 0,
    reason: 'server-unreachable',
    asked: 0,
    answering: Promise.resolve(),
  };
  const client = new Signaling({
    serverUrl: `http://127.0.0.1:${String(port)}${path}`,
    handshake: () => {
      harness.handshakes += 1;
      return { protocol: harness.handshakes, token: TOKEN, instanceId: INSTANCE };
    },
    onState: (state) => harness.states.push(state),
    why: async () => {
      harness.asked += 1;
      await harness.answering;
      return harness.reason;
    },
    log: (what) => harness.logged.push(what),
    random: () => chance,
  });
  clients.push(client);
  client.connect();
  return Object.assign(harness, { client });
};

const kinds = (states: Connection[]): string[] => states.map((state) => state.kind);

describe('Signaling', () => {
  it('connects over a websocket with the handshake as it is at that moment', async () => {
    const auths: unknown[] = [];
    const transports: string[] = [];
    server.on('connection', (socket) => {
      auths.push(socket.handshake.auth);
      transports.push(socket.conn.transport.name);
      if (auths.length === 1) socket.conn.close();
    });
    const { states } = start();
    await vi.waitFor(() => {
      expect(auths).toHaveLength(2);
    });
    expect(auths).toMatchObject([{ protocol: 1 }, { protocol: 2 }]);
    expect(transports).toEqual(['websocket', 'websocket']);
    await vi.waitFor(() => {
      expect(kinds(states)).toEqual(['connecting', 'online', 'offline', 'connecting', 'online']);
    });
  });

  it('connects to a server under a path', async () => {
    await server.close();
    await listen(0, '/tools/call');
    const { client } = start(0, '/tools/call');
    await vi.waitFor(() => {
      expect(client.online).toBe(true);
    });
  });

  it('answers a request with the parsed acknowledgement', async () => {
    server.on('connection', (socket) => {
      socket.on('call:ringing', (payload, ack) => {
        expect(payload).toEqual({ callId: CALL });
        ack({ ok: true, v: 2 });
      });
      socket.on('call:end', (_payload, ack) => {
        ack({ ok: false, code: 'unknown-call' });
      });
      socket.on('call:connected', (_payload, ack) => {
        ack({ ok: true, v: 'two' });
      });
      socket.on('call:resume', (_payload, ack) => {
        ack({ ok: true, callId: CALL, v: 3, state: 'active' });
      });
    });
    const { client } = start();
    expect(await client.request('call:ringing', { callId: CALL })).toEqual({ ok: true, v: 2 });
    expect(await client.request('call:end', { callId: CALL })).toEqual({ ok: false, code: 'unknown-call' });
    expect(await client.request('call:connected', { callId: CALL })).toEqual({
      ok: false,
      code: 'server-error',
    });
    expect(await client.request('call:resume', { callId: CALL })).toMatchObject({
      ok: true,
      state: 'active',
    });
  });

  it('repeats a request that was not answered when the connection comes back', async () => {
    const received: unknown[] = [];
    server.on('connection', (socket) => {
      socket.on('call:ringing', (payload, ack) => {
        received.push(payload);
        if (received.length === 1) socket.conn.close();
        else ack({ ok: true, v: 4 });
      });
    });
    const { client } = start();
    expect(await client.request('call:ringing', { callId: CALL })).toEqual({ ok: true, v: 4 });
    expect(received).toEqual([{ callId: CALL }, { callId: CALL }]);
  });

  it('reopens a connection over which the server does not answer', async () => {
    let connections = 0;
    server.on('connection', (socket) => {
      connections += 1;
      if (connections === 2)
        socket.on('call:ringing', (_payload, ack) => {
          ack({ ok: true, v: 1 });
        });
    });
    const { client, logged } = start();
    client.setUrgency('call');
    expect(await client.request('call:ringing', { callId: CALL })).toEqual({ ok: true, v: 1 });
    expect(logged).toContain('silent');
  });

  it('replaces a connection that may be dead', async () => {
    let connections = 0;
    server.on('connection', () => {
      connections += 1;
    });
    const { client, states } = start();
    await vi.waitFor(() => {
      expect(kinds(states)).toEqual(['connecting', 'online']);
    });
    client.reopen();
    await vi.waitFor(() => {
      expect(connections).toBe(2);
    });
    await vi.waitFor(() => {
      expect(states.at(-1)).toEqual({ kind: 'online' });
    });
  });

  it('gives a request up when told to', async () => {
    const { client } = start();
    const controller = new AbortController();
    const answer = client.request('call:ringing', { callId: CALL }, controller.signal);
    controller.abort();
    expect(await answer).toEqual({ ok: false, code: 'unavailable' });
    expect(await client.request('call:ringing', { callId: CALL }, controller.signal)).toMatchObject({
      ok: false,
    });
  });

  it('hands on events that fit the contract and drops others', async () => {
    let socket: Socket<Requests, Events> | undefined;
    server.on('connection', (connected) => {
      socket = connected;
    });
    const { client, logged, states } = start();
    const received: unknown[] = [];
    client.on('call:state', (state) => received.push(state));
    await vi.waitFor(() => {
      expect(kinds(states)).toContain('online');
    });
    socket?.emit('call:state', { callId: CALL, v: 1, state: 'nonsense' });
    socket?.emit('nonsense', {});
    socket?.emit('call:state', { callId: CALL, v: 1, state: 'active' });
    await vi.waitFor(() => {
      expect(received).toEqual([{ callId: CALL, v: 1, state: 'active' }]);
    });
    expect(logged).toEqual(expect.arrayContaining(['event-malformed', 'event-unknown']));
  });

  it.each(['unauthorized', 'superseded'] as const)('stays down after the refusal %s', async (code) => {
    server.use((_socket, next) => {
      next(Object.assign(new Error(code), { data: { code } }));
    });
    const { client, states } = start();
    await vi.waitFor(() => {
      expect(states.at(-1)).toEqual({ kind: 'offline', problem: code, retryAt: null });
    });
    expect(await client.request('call:ringing', { callId: CALL })).toEqual({
      ok: false,
      code: 'unavailable',
    });
    // The other device would be thrown out.
    client.networkChanged();
    client.reopen();
    expect(states.at(-1)).toMatchObject({ kind: 'offline' });
  });

  it.each(['version-too-old', 'version-too-new', 'origin-refused'] as const)(
    'tries again slowly after the refusal %s, and at once on another network',
    async (code) => {
      let refuses = true;
      server.use((_socket, next) => {
        next(refuses ? Object.assign(new Error(code), { data: { code } }) : undefined);
      });
      const before = Date.now();
      const { client, states } = start();
      await vi.waitFor(() => {
        expect(states.at(-1)).toMatchObject({ kind: 'offline', problem: code });
      });
      const last = states.at(-1);
      const retryAt = last?.kind === 'offline' ? (last.retryAt ?? 0) : 0;
      expect(retryAt).toBeGreaterThanOrEqual(before + 60_000);
      expect(retryAt).toBeLessThanOrEqual(Date.now() + 120_000);
      refuses = false;
      client.networkChanged();
      await vi.waitFor(() => {
        expect(states.at(-1)).toEqual({ kind: 'online' });
      });
    },
  );

  it('polls where websockets are refused, and tries a websocket again on another network', async () => {
    const { port: at } = http.address() as AddressInfo;
    await server.close();
    await listen(at, '', ['polling']);
    const transports: string[] = [];
    server.on('connection', (socket) => {
      transports.push(socket.conn.transport.name);
      socket.on('call:ringing', (_payload, ack) => {
        ack({ ok: true, v: 1 });
      });
    });
    const harness = start();
    harness.reason = 'websocket-blocked';
    const { client, states } = harness;
    expect(await client.request('call:ringing', { callId: CALL })).toEqual({ ok: true, v: 1 });
    expect([transports, harness.asked]).toEqual([['polling'], 1]);
    await server.close();
    await listen(at);
    server.on('connection', (socket) => transports.push(socket.conn.transport.name));
    await vi.waitFor(() => {
      expect(states.at(-1)).toMatchObject({ kind: 'offline' });
    });
    client.networkChanged();
    await vi.waitFor(() => {
      expect(transports).toEqual(['polling', 'websocket']);
    });
  });

  it('opens a websocket again at a server that had just not started yet', async () => {
    const at = port;
    await server.close();
    const started = Promise.withResolvers<undefined>();
    const harness = start();
    Object.assign(harness, { reason: 'websocket-blocked', answering: started.promise });
    await vi.waitFor(() => {
      expect(harness.asked).toBe(1);
    });
    await listen(at);
    const transports: string[] = [];
    server.on('connection', (socket) => transports.push(socket.conn.transport.name));
    started.resolve(undefined);
    await vi.waitFor(() => {
      expect(transports).toEqual(['websocket']);
    });
  });

  it('says that only websockets are refused where the server does not let phones poll, and goes on trying', async () => {
    await server.close();
    http = createServer((_request, response) => response.writeHead(426).end()).listen(port, '127.0.0.1');
    const harness = start();
    harness.reason = 'websocket-blocked';
    await vi.waitFor(() => {
      expect(harness.states.at(-1)).toMatchObject({ kind: 'offline', problem: 'websocket-blocked' });
    });
    // An attempt by a websocket comes after each by polling, and waits longer each time.
    await vi.waitFor(() => {
      expect(harness.asked).toBe(2);
    });
    http.close();
  });

  it('does not ask why a server that was reached does not answer for a moment', async () => {
    const harness = start();
    await vi.waitFor(() => {
      expect(harness.states.at(-1)).toEqual({ kind: 'online' });
    });
    await server.close();
    await vi.waitFor(() => {
      expect(harness.logged.filter((what) => what === 'connection-failed')).toHaveLength(2);
    });
    expect(harness.asked).toBe(0);
  });

  it('stays down when its session has ended, and answers what waits', async () => {
    server.on('connection', (socket) => {
      socket.on('call:ringing', () => {
        socket.emit('session:ended', { code: 'superseded' });
        socket.disconnect(true);
      });
    });
    const { client, states } = start();
    expect(await client.request('call:ringing', { callId: CALL })).toEqual({
      ok: false,
      code: 'unavailable',
    });
    expect(states.at(-1)).toEqual({ kind: 'offline', problem: 'superseded', retryAt: null });
  });

  it('tries again after a refusal that may pass', async () => {
    let refused = 0;
    server.use((_socket, next) => {
      refused += 1;
      if (refused === 1) next(Object.assign(new Error('busy'), { data: { code: 'overloaded' } }));
      else next();
    });
    const { states } = start();
    await vi.waitFor(() => {
      expect(kinds(states)).toEqual(['connecting', 'offline', 'connecting', 'online']);
    });
    expect(states[1]).toMatchObject({ problem: 'overloaded' });
  });

  it.each([
    [0, 60],
    [1, 72],
  ])(
    'stays away for as long as the server says, and a little longer by chance (%i)',
    async (chance, seconds) => {
      server.use((_socket, next) => {
        next(Object.assign(new Error(), { data: { code: 'rate-limited', retryAfter: 60 } }));
      });
      const { states } = start(chance);
      const before = Date.now();
      await vi.waitFor(() => {
        expect(states.at(-1)).toMatchObject({ kind: 'offline', problem: 'rate-limited' });
      });
      const last = states.at(-1);
      const retryAt = last?.kind === 'offline' ? (last.retryAt ?? 0) : 0;
      expect(retryAt).toBeGreaterThanOrEqual(before + seconds * 1000);
      expect(retryAt).toBeLessThanOrEqual(Date.now() + seconds * 1000);
    },
  );

  it('comes back when a stopping server said so', async () => {
    server.on('connection', (socket) => {
      socket.emit('server:draining', { reconnectIn: 20_000 });
      setTimeout(() => socket.conn.close(), 20);
    });
    const { states } = start();
    await vi.waitFor(() => {
      expect(kinds(states)).toEqual(['connecting', 'online', 'offline']);
    });
    const last = states.at(-1);
    expect(last?.kind === 'offline' && last.retryAt !== null && last.retryAt - Date.now()).toBeGreaterThan(
      15_000,
    );
  });

  it('finds a server that was away', async () => {
    await server.close();
    const { states } = start();
    await vi.waitFor(() => {
      expect(states.at(-1)).toMatchObject({ kind: 'offline', problem: 'server-unreachable' });
    });
    await listen(port);
    await vi.waitFor(
      () => {
        expect(states.at(-1)).toEqual({ kind: 'online' });
      },
      { timeout: 5_000 },
    );
  });
});
