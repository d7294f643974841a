import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../../protocol/account/account.ts';
import { systemClock } from '../../clock.ts';
import { createLog } from '../../log.ts';
import { testSdp } from '../../../testkit/server/descriptions.ts';
import type { Phone } from '../../../testkit/server/phone.ts';
import { startRedis, type TestRedis } from '../../../testkit/server/start-redis.ts';
import { startTestServer, type TestServer } from '../../../testkit/server/start-test-server.ts';
import { until } from '../../../testkit/server/until.ts';
import type { Live } from '../../live.ts';
import { openRedisLive } from './open-redis-live.ts';

let redis: TestRedis;
let live: Live;
let server: TestServer;
let [ada, bob, cyril]: SignedIn[] = [];
let [adas, bobs, cyrils]: Phone[] = [];
let callId: string;

const invite = (from: Phone | undefined, to: SignedIn | undefined, id: string = randomUUID()) =>
  from?.request('call:invite', {
    callId: id,
    to: to?.account.userId ?? '',
    media: 'audio',
    offer: testSdp('offer'),
  });

/** Like a real phone, it tells which call it holds when it reconnects. */
const holds = (phone: Phone, id: string): void => {
  Object.assign(phone.socket.auth, { callId: id });
};

beforeEach(async () => {
  // Redis persists each write, so that it comes back from a kill with its data.
  redis = await startRedis(['--appendonly', 'yes', '--appendfsync', 'always']);
  live = await openRedisLive({ url: redis.url, clock: systemClock, log: createLog('silent') });
  server = await startTestServer({ deps: (deps) => ({ ...deps, live }) });
  [ada, bob, cyril] = [await server.signUp('ada'), await server.signUp('bob'), await server.signUp('cyril')];
  const open = { reconnection: true };
  adas = await server.phone(ada, open);
  bobs = await server.phone(bob, open);
  cyrils = await server.phone(cyril, open);
  callId = randomUUID();
  expect(await invite(adas, bob, callId)).toMatchObject({ ok: true });
  for (const phone of [adas, bobs]) holds(phone, callId);
  await bobs.request('call:accept', { callId, answer: testSdp('answer') });
  await adas.request('call:connected', { callId });
  await adas.next('call:state', ({ state }) => state === 'active');
});
afterEach(async () => {
  await server.stop();
  await redis.stop();
});

/** What must hold while Redis is away. */
const whileAway = async (): Promise<void> => {
  expect(await invite(cyrils, ada)).toEqual({ ok: false, code: 'unavailable' });
  expect(adas?.all('call:state').some(({ state }) => state === 'ended')).toBe(false);
  const again = await server.phone(await server.signIn('cyril'));
  const [ready] = again.all('session:ready');
  expect(ready?.contacts.map(({ status }) => status)).toEqual(['offline', 'offline']);
  expect(await again.request('history:page', { limit: 9 })).toMatchObject({ ok: true, entries: [] });
  const text = { id: randomUUID(), to: ada?.account.userId ?? '', text: 'still here?' };
  expect(await again.request('message:send', text)).toMatchObject({ ok: true });
  expect(await adas?.next('message:new')).toMatchObject({ message: { text: 'still here?' } });
  expect(await again.request('presence:set', { status: 'away' })).toEqual({
    ok: false,
    code: 'unavailable',
  });
  again.close();
};

/** What must hold again once Redis is back. */
const afterwards = async (): Promise<void> => {
  for (const phone of [adas, bobs, cyrils]) {
    await until('the phone connects anew', () => (phone?.all('session:ready').length ?? 0) > 1);
  }
  for (const phone of [adas, bobs]) {
    expect(await phone?.request('call:resume', { callId })).toMatchObject({ ok: true, state: 'active' });
  }
  expect(await invite(cyrils, ada)).toEqual({ ok: false, code: 'busy' });
  const watcher = await server.phone(await server.signIn('cyril'));
  await until('both are shown in their call', () => {
    const seen = new Map(watcher.all('session:ready')[0]?.contacts.map((it) => [it.userId, it.status]));
    for (const change of watcher.all('presence:changed')) seen.set(change.userId, change.status);
    return [...seen.values()].every((status) => status === 'in-call');
  });
  await bobs?.request('call:end', { callId });
  expect(await adas?.next('call:state', ({ state }) => state === 'ended')).toMatchObject({
    reason: 'hung-up',
  });
  const next = randomUUID();
  expect(await invite(cyrils, ada, next)).toMatchObject({ ok: true });
  expect(await adas?.next('call:incoming')).toMatchObject({ callId: next });
  for (const phone of [adas, bobs, cyrils]) expect(phone?.violations).toEqual([]);
};

describe('while Redis is away', () => {
  it('goes on with what needs no Redis, and recovers by itself when Redis comes back empty', async () => {
    await redis.kill();
    await until('it is noticed', () => !live.isUp());
    await whileAway();
    await redis.startAgain('empty');
    await afterwards();
  });

  it('believes the store when Redis comes back with its saved data', async () => {
    await redis.kill();
    const [record] = await server.store.calls.recent(0);
    expect(record).toMatchObject({ callId, state: 'active' });
    // As if the call had ended, and Redis had not saved that.
    const over = { state: 'ended', reason: 'hung-up', endedAt: Date.now() } as const;
    if (record) await server.store.calls.save({ ...record, ...over, v: record.v + 1 });
    await redis.startAgain('as it was');
    for (const phone of [adas, bobs]) {
      await until('the phone connects anew', () => (phone?.all('session:ready').length ?? 0) > 1);
      expect(await phone?.request('call:resume', { callId })).toMatchObject({
        state: 'ended',
        reason: 'hung-up',
      });
    }
    await until('cyril connects anew', () => (cyrils?.all('session:ready').length ?? 0) > 1);
    expect(await invite(cyrils, ada)).toMatchObject({ ok: true });
  });

  it('recovers when Redis is emptied while it runs', async () => {
    await redis.empty();
    await afterwards();
  });

  it('recovers when Redis keeps its connections but answers nothing', async () => {
    redis.freeze();
    const before = Date.now();
    expect(await invite(cyrils, ada)).toEqual({ ok: false, code: 'unavailable' });
    expect(Date.now() - before).toBeLessThan(4000);
    await whileAway();
    redis.thaw();
    await afterwards();
  });
});
