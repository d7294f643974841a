import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LIMITS } from '../../../protocol/limits.ts';
import type { Phone } from '../../../testkit/server/phone.ts';
import { startTestServer, type TestServer } from '../../../testkit/server/start-test-server.ts';

let server: TestServer;
let phone: Phone;
beforeEach(async () => {
  server = await startTestServer();
  phone = await server.phone(await server.signUp('ada'));
});
afterEach(() => server.stop());

const works = async (it: Phone): Promise<boolean> =>
  (await it.request('presence:set', { status: 'away' })).ok;

const nested = (depth: number): unknown => {
  let value: unknown = 0;
  for (let i = 0; i < depth; i += 1) value = [value];
  return value;
};

describe('what phones send', () => {
  it.each<[string, unknown[]]>([
    ['nothing', []],
    ['null', [null]],
    ['text', ['available']],
    ['a list', [[]]],
    ['a wrong value', [{ status: 'invisible' }]],
    ['one field too many', [{ status: 'away', extra: 1 }]],
    ['two payloads', [{ status: 'away' }, { status: 'away' }]],
    ['a prototype', [JSON.parse('{"status":"away","__proto__":{"admin":true}}')]],
    ['a constructor', [{ status: 'away', constructor: { prototype: {} } }]],
  ])('is answered bad-request when it is %s', async (_what, args) => {
    expect(await phone.raw('presence:set', ...args)).toEqual({ ok: false, code: 'bad-request' });
    expect(await works(phone)).toBe(true);
  });

  it('may be nested 30,000 deep without harm', async () => {
    const text = `2100["presence:set",${'['.repeat(30_000)}${']'.repeat(30_000)}]`;
    phone.socket.io.engine.write(text);
    expect(nested(3)).toEqual([[[0]]]);
    expect(await works(phone)).toBe(true);
  });

  it('is answered too-large over 64 KiB, in bytes, and the connection stays', async () => {
    for (const size of ['x'.repeat(LIMITS.eventBytes), '界'.repeat(LIMITS.eventBytes / 3)]) {
      expect(await phone.raw('presence:set', { status: size })).toEqual({ ok: false, code: 'too-large' });
    }
    const fits = 'x'.repeat(LIMITS.eventBytes - 200);
    expect(await phone.raw('presence:set', { status: fits })).toEqual({ ok: false, code: 'bad-request' });
    expect(await works(phone)).toBe(true);
  });

  it('closes the connection over 256 KiB', async () => {
    const closed = phone.closed();
    phone.socket.emit('presence:set', { status: 'x'.repeat(LIMITS.frameBytes) });
    expect(await closed).toMatch(/^transport/);
  });

  it('is counted and ignored when it is unknown', async () => {
    for (const event of ['call:teleport', '__proto__', 'constructor', 'toString', 'session:ready']) {
      phone.socket.emit(event, { any: 'thing' });
    }
    expect(await works(phone)).toBe(true);
    expect(server.app.traffic).toMatchObject({ unknownEvents: 5, failedEvents: 0 });
  });

  it('needs no acknowledgement', async () => {
    phone.socket.emit('presence:set', { status: 'do-not-disturb' });
    phone.socket.emit('presence:set', 7);
    expect(await works(phone)).toBe(true);
  });

  it.each([
    ['no packet', 'hello'],
    ['a packet of no type', '9'],
    ['an event without a name', '2[]'],
    ['an event that is no list', '2{"a":1}'],
    ['broken JSON', '2["presence:set",{'],
    ['a reserved event', '2["disconnect"]'],
    ['a binary event', '51-["presence:set",{"_placeholder":true,"num":0}]'],
    ['another namespace', '0/admin,'],
  ])('ends its own connection at most when it is %s', async (_what, frame) => {
    const other = await server.phone(await server.signUp('bob'));
    phone.socket.io.engine.write(frame);
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(await works(other)).toBe(true);
  });

  it('takes no binary frame', async () => {
    const closed = phone.closed();
    phone.socket.io.engine.write(Buffer.alloc(16));
    expect(await closed).toMatch(/^transport|parse/);
  });
});

describe('a handler that fails', () => {
  it('answers server-error, is logged, and harms nobody else', async () => {
    await server.stop();
    server = await startTestServer({
      deps: (deps) => ({
        ...deps,
        store: {
          ...deps.store,
          presence: { ...deps.store.presence, choose: () => Promise.reject(new Error('disk on fire')) },
        },
      }),
    });
    const [first, second] = [
      await server.phone(await server.signUp('ada')),
      await server.phone(await server.signUp('bob')),
    ];
    expect(await first.raw('presence:set', { status: 'away' })).toEqual({ ok: false, code: 'server-error' });
    expect(second.all('presence:changed')).toEqual([]);
    expect(await second.raw('call:end', { callId: randomUUID() })).toEqual({
      ok: false,
      code: 'unknown-call',
    });
    expect(server.app.traffic.failedEvents).toBe(1);
    expect(server.logged.join('')).toContain('disk on fire');
  });
});
