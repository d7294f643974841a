import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createLog } from '../../log.ts';
import { listen } from '../../transport/http/listen.ts';
import { testSdp } from '../../../testkit/server/descriptions.ts';
import { startTestServer, type TestServer } from '../../../testkit/server/start-test-server.ts';
import { openTracer } from './open-tracer.ts';
import { traceParts } from './trace-parts.ts';
import type { Tracer } from './tracer.ts';

const attributeSchema = z.object({
  key: z.string(),
  value: z.record(z.string(), z.unknown()).transform((value) => Object.values(value)[0]),
});

const spanSchema = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  attributes: z.array(attributeSchema),
  status: z.object({ code: z.int().optional() }),
});
type ReceivedSpan = z.infer<typeof spanSchema>;

const exportSchema = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(attributeSchema) }),
      scopeSpans: z.array(z.object({ spans: z.array(spanSchema) })),
    }),
  ),
});

/** As much of a collector as OTLP over HTTP needs. */
const startCollector = async () => {
  const bodies: string[] = [];
  const paths = new Set<string>();
  const http: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const zipped = request.headers['content-encoding'] === 'gzip';
      bodies.push((zipped ? gunzipSync(bytes) : bytes).toString());
      paths.add(`${request.method ?? ''} ${request.url ?? ''}`);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  const port = await listen(http, { host: '127.0.0.1', port: 0 });
  return { http, bodies, paths, endpoint: `http://127.0.0.1:${String(port)}/` };
};

describe('traces', () => {
  let collector: Awaited<ReturnType<typeof startCollector>>;
  let tracer: Tracer;
  let server: TestServer;

  beforeEach(async () => {
    collector = await startCollector();
    const log = createLog('silent');
    tracer = await openTracer({ endpoint: collector.endpoint, share: 1 }, { version: '1.2.3', log });
    server = await startTestServer({ deps: (deps) => ({ ...deps, tracer }) });
  });
  afterEach(async () => {
    await server.stop();
    await tracer.close();
    collector.http.close();
    collector.http.closeAllConnections();
    await once(collector.http, 'close').catch(() => undefined);
  });

  const received = async (): Promise<ReceivedSpan[]> => {
    await tracer.close();
    return collector.bodies.flatMap((body) =>
      exportSchema
        .parse(JSON.parse(body))
        .resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    );
  };
  const factsOf = ({ attributes }: ReceivedSpan): Record<string, unknown> =>
    Object.fromEntries(attributes.map(({ key, value }) => [key, value]));

  it('show where the time of requests and events goes, down to the store', async () => {
    const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    const [from, to] = [await server.phone(ada), await server.phone(bob)];
    const callId = randomUUID();
    const invite = { callId, to: bob.account.userId, media: 'audio', offer: testSdp('offer') } as const;
    await from.request('call:invite', invite);
    await to.request('call:accept', { callId, answer: testSdp('answer') });
    await from.raw('call:end', { callId: randomUUID() });
    const spans = await received();

    const invited = spans.find(({ name }) => name === 'call:invite');
    expect(invited && factsOf(invited)).toEqual({ 'quick_call.call_id': callId, 'quick_call.result': 'ok' });
    const parts = spans.filter(({ parentSpanId }) => parentSpanId === invited?.spanId);
    expect(parts.map(({ name }) => name)).toContain('store.calls.save');
    expect(parts.every(({ traceId }) => traceId === invited?.traceId)).toBe(true);

    const refused = spans.find(({ name }) => name === 'call:end');
    expect(refused && factsOf(refused)).toMatchObject({ 'quick_call.result': 'unknown-call' });
    const signUp = spans.find(({ name }) => name === 'POST /api/v1/accounts');
    expect(signUp && factsOf(signUp)).toEqual({
      'http.request.method': 'POST',
      'http.route': '/api/v1/accounts',
      'http.response.status_code': 201,
    });
    // What the server does by itself makes nobody wait, and is not traced.
    expect(spans.filter(({ name, parentSpanId }) => name.startsWith('store.') && !parentSpanId)).toEqual([]);
    expect([...collector.paths]).toEqual(['POST /v1/traces']);
  });

  it('hold nothing personal, whatever happens', async () => {
    const ada = await server.signUp('ada', { deviceName: 'my laptop' });
    await expect(server.signUp('ada')).rejects.toThrow('username-taken');
    const phone = await server.phone(ada);
    await phone.raw('presence:text', { text: 'at the dentist' });
    await phone.raw('message:send', { to: ada.account.userId, text: 'hello there' });
    await phone.raw('call:invite', { callId: 'not-an-id', to: 'nobody' });
    await phone.raw('call:end', { callId: randomUUID() });
    phone.socket.emit('an event of my own', {});
    await fetch(`${server.url}/invite/SECRETCODE?x=secret`);
    await phone.raw('device:list', {});
    const spans = await received();
    expect(spans.length).toBeGreaterThan(5);
    const text = collector.bodies.join('');
    const { userId, displayName } = ada.account;
    for (const personal of [
      ...['my laptop', 'dentist', 'hello there', 'not-an-id', 'an event of my own', 'SECRETCODE', 'secret'],
      ...[userId, `"${displayName}"`, ada.token, ada.sessionId, phone.instanceId, '127.0.0.1', process.argv0],
    ]) {
      expect([personal, text.includes(personal)]).toEqual([personal, false]);
    }
    const refused = spans.find((span) => factsOf(span)['error.type'] === 'username-taken');
    // A refusal is an answer, not a failure of the server.
    expect(refused?.status.code ?? 0).toBe(0);
    const keys = new Set(spans.flatMap((span) => Object.keys(factsOf(span))));
    expect([...keys].sort()).toEqual([
      'error.type',
      'http.request.method',
      'http.response.status_code',
      'http.route',
      'quick_call.call_id',
      'quick_call.result',
    ]);
  });

  it('mark what failed by the kind of error, not by its words', async () => {
    const store = traceParts({ boom: () => Promise.reject(new RangeError('secret')) }, 'store', tracer);
    await expect(tracer.root('work', {}, () => store.boom())).rejects.toThrow('secret');
    const spans = await received();
    expect(spans.map(({ name, status }) => [name, status.code])).toEqual([
      ['store.boom', 2],
      ['work', 2],
    ]);
    expect(spans.map((span) => factsOf(span)['error.type'])).toEqual(['RangeError', 'RangeError']);
    expect(collector.bodies.join('')).not.toContain('secret');
  });
});

describe('a collector that does not answer', () => {
  it('is told of once, holds nobody up, and its address is not logged', async () => {
    const logged: string[] = [];
    const log = createLog('debug', { write: (line) => void logged.push(line) });
    const settings = { endpoint: 'http://127.0.0.1:9/secret', share: 1 };
    const tracer = await openTracer(settings, { version: '1', log });
    expect(await tracer.root('work', {}, () => Promise.resolve(7))).toBe(7);
    const before = performance.now();
    await tracer.close();
    expect(performance.now() - before).toBeLessThan(3000);
    await expect.poll(() => logged.length, { timeout: 20_000 }).toBe(1);
    expect(logged[0]).toContain('traces could not be sent');
    expect(logged[0]).not.toContain('secret');
  });
});
