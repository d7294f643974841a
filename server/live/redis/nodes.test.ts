import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../../protocol/account/account.ts';
import { testSdp } from '../../../testkit/server/descriptions.ts';
import type { Phone } from '../../../testkit/server/phone.ts';
import { startNode, type TestNode } from '../../../testkit/server/start-node.ts';
import { startRedis, type TestRedis } from '../../../testkit/server/start-redis.ts';
import { temporaryFolder } from '../../../testkit/server/temporary-folder.ts';
import { createTestPeople, type TestPeople } from '../../../testkit/server/test-people.ts';
import { until } from '../../../testkit/server/until.ts';

/** Ada and Bob are connected to one node each, and in a call. */
interface Scene {
  nodes: [TestNode, TestNode];
  people: [TestPeople, TestPeople];
  ada: SignedIn;
  bob: SignedIn;
  adas: Phone;
  bobs: Phone;
  callId: string;
}

let redis: TestRedis;
let scene: Scene;

beforeEach(async () => {
  redis = await startRedis();
  const database = join(temporaryFolder(), 'quick-call.db');
  const env = { REDIS_URL: redis.url, DATABASE_URL: `sqlite:${database}` };
  const nodes: Scene['nodes'] = [await startNode(env), await startNode(env)];
  const people: Scene['people'] = [createTestPeople(nodes[0].url), createTestPeople(nodes[1].url)];
  const [ada, bob] = [await people[0].signUp('ada'), await people[1].signUp('bob')];
  const [adas, bobs] = [await people[0].phone(ada), await people[1].phone(bob)];
  const callId = randomUUID();
  const to = bob.account.userId;
  const offer = testSdp('offer');
  expect(await adas.request('call:invite', { callId, to, media: 'audio', offer })).toMatchObject({
    ok: true,
  });
  await bobs.next('call:incoming');
  await bobs.request('call:accept', { callId, answer: testSdp('answer') });
  await adas.next('call:state', ({ state }) => state === 'connecting');
  await adas.request('call:connected', { callId });
  await bobs.next('call:state', ({ state }) => state === 'active');
  scene = { nodes, people, ada, bob, adas, bobs, callId };
}, 60_000);
afterEach(async () => {
  for (const people of scene.people) people.close();
  for (const node of scene.nodes) await node.kill();
  await redis.stop();
});

describe('two nodes, of which one dies', () => {
  it('lets the phones of the dead node go on at the other, in their calls', async () => {
    const { nodes, people, ada, adas, bobs, callId } = scene;
    await nodes[0].kill();
    const resumed = await people[1].phone(ada, { instanceId: adas.instanceId, callId });
    expect(await resumed.request('call:resume', { callId })).toMatchObject({ ok: true, state: 'active' });
    expect(bobs.all('call:state').some(({ state }) => state === 'ended')).toBe(false);
    await resumed.request('call:end', { callId });
    expect(await bobs.next('call:state', ({ state }) => state === 'ended')).toMatchObject({
      reason: 'hung-up',
    });
  });

  it('shows those who do not come back as gone when its lease and their grace are over', async () => {
    const { nodes, bobs, ada } = scene;
    await nodes[0].kill();
    // 8 s of lease, 2 s between two looks, 10 s of grace.
    await bobs.next(
      'presence:changed',
      ({ userId, status }) => userId === ada.account.userId && status === 'offline',
      25_000,
    );
    expect(
      await bobs.request('call:invite', {
        callId: randomUUID(),
        to: ada.account.userId,
        media: 'audio',
        offer: testSdp('offer'),
      }),
    ).toEqual({ ok: false, code: 'unreachable' });
  }, 40_000);

  it('takes back, under another name, a node that was frozen past its lease', async () => {
    const { nodes, people, ada, adas, bobs, callId } = scene;
    nodes[0].freeze();
    const resumed = await people[1].phone(ada, { instanceId: adas.instanceId, callId });
    const watcher = await people[1].phone(await people[1].signIn('bob'));
    await new Promise((resolve) => setTimeout(resolve, 11_000));
    nodes[0].thaw();
    // The old connection ends; the call and the phone stay at the node that took over.
    await until('the old connection is closed', () => adas.socket.disconnected);
    expect(await resumed.request('call:resume', { callId })).toMatchObject({ ok: true, state: 'active' });
    expect(resumed.socket.connected).toBe(true);
    // The requests that were open when it froze have timed out, so the node connects to Redis again.
    const readiness = async (): Promise<string> => (await fetch(`${nodes[0].url}/readyz`)).text();
    await until('the node has Redis again', async () => (await readiness()).includes('"redis":true'));
    const late = await people[0].phone(await people[0].signIn('bob'));
    expect(late.all('session:ready')[0]?.contacts).toMatchObject([{ status: 'in-call' }]);
    expect(watcher.all('presence:changed').some(({ status }) => status === 'offline')).toBe(false);
    expect(bobs.all('call:state').some(({ state }) => state === 'ended')).toBe(false);
  }, 40_000);
});

describe('a node that stops', () => {
  it('ends no call, and its phones go on at the other', async () => {
    const { nodes, people, ada, adas, bobs, callId } = scene;
    expect(await nodes[0].stop()).toBe(0);
    await adas.next('server:draining');
    const resumed = await people[1].phone(ada, { instanceId: adas.instanceId, callId });
    expect(await resumed.request('call:resume', { callId })).toMatchObject({ ok: true, state: 'active' });
    expect(bobs.all('call:state').some(({ state }) => state === 'ended')).toBe(false);
  });
});
