import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import type { CallId, UserId } from '../../../protocol/ids.ts';
import type { Signal } from '../../../protocol/calls/signal.ts';
import { openPostgresStore } from '../../store/postgres/open-postgres-store.ts';
import type { Store } from '../../store.ts';
import { addResidents, type Resident } from '../../../testkit/server/add-residents.ts';
import { testCandidate, testSdp } from '../../../testkit/server/descriptions.ts';
import { RoamingPhone } from '../../../testkit/server/roaming-phone.ts';
import { Balancer } from '../../../testkit/server/balancer.ts';
import { startNode, type TestNode } from '../../../testkit/server/start-node.ts';
import { startRedis } from '../../../testkit/server/start-redis.ts';
import { testPostgres } from '../../../testkit/server/test-postgres.ts';
import { until } from '../../../testkit/server/until.ts';

const CALLS = 200;
const NODES = 3;
/** Limits how many run at the same time, so that this tests the service and not the machine's speed. */
const AT_ONCE = 20;

interface Side {
  userId: UserId;
  phone: RoamingPhone;
}

interface RunningCall {
  callId: CallId;
  caller: Side;
  callee: Side;
}

/** Does something with each item, a limited number at a time. */
const forEach = async <T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> => {
  for (let i = 0; i < items.length; i += AT_ONCE) await Promise.all(items.slice(i, i + AT_ONCE).map(act));
};

const sidesOf = ({ caller, callee }: RunningCall): [Side, Side][] => [
  [caller, callee],
  [callee, caller],
];

/** What a phone shows of the other person, from what it was told at its reconnection and since. */
const shownOf = ({ phone }: Side, other: UserId): string | undefined => {
  let shown: string | undefined;
  for (const { event, payload } of phone.heard) {
    if (event === 'session:ready') shown = payload.contacts.find(({ userId }) => userId === other)?.status;
    else if (event === 'presence:changed' && payload.userId === other) shown = payload.status;
  }
  return shown;
};

const openPhone = async (url: string, { userId, token }: Resident): Promise<Side> => {
  const phone = new RoamingPhone(url, token);
  onTestFinished(() => {
    phone.close();
  });
  await phone.next('session:ready');
  return { userId, phone };
};

const placeCall = async (caller: Side, callee: Side): Promise<RunningCall> => {
  const callId = randomUUID();
  const invite = { callId, to: callee.userId, media: 'audio', offer: testSdp('offer') } as const;
  expect(await caller.phone.request('call:invite', invite)).toMatchObject({ ok: true });
  await callee.phone.next('call:incoming');
  expect(await callee.phone.request('call:accept', { callId, answer: testSdp('answer') })).toMatchObject({
    ok: true,
  });
  await caller.phone.next('call:state', ({ state }) => state === 'connecting');
  expect(await caller.phone.request('call:connected', { callId })).toMatchObject({ ok: true });
  await callee.phone.next('call:state', ({ state }) => state === 'active');
  for (const { phone } of [caller, callee]) phone.hold(callId);
  return { callId, caller, callee };
};

const isReady = async ({ url }: TestNode): Promise<boolean> => (await fetch(`${url}/readyz`)).ok;

const signal = (seq: number): Signal => ({
  kind: 'candidates',
  seq,
  ufrag: 'abcd',
  candidates: [{ candidate: testCandidate(), sdpMid: '0', sdpMLineIndex: 0 }],
});

/** Both phones, the ledger and the contact lists know the call. */
const expectRunning = async (call: RunningCall, active: ReadonlySet<CallId>): Promise<void> => {
  const { callId } = call;
  expect(active).toContain(callId);
  for (const [side, other] of sidesOf(call)) {
    const { phone } = side;
    expect(await phone.request('call:resume', { callId })).toMatchObject({ ok: true, state: 'active' });
    await until('the other is shown in a call', () => shownOf(side, other.userId) === 'in-call');
    expect(await phone.request('call:signal', { callId, signal: signal(1) })).toMatchObject({ ok: true });
    expect((await other.phone.next('call:signal')).callId).toBe(callId);
    expect(phone.all('call:state').filter(({ state }) => state === 'ended')).toEqual([]);
  }
};

const endCall = async (call: RunningCall): Promise<void> => {
  const { callId, callee } = call;
  expect(await callee.phone.request('call:end', { callId })).toMatchObject({ ok: true });
  for (const [{ phone }] of sidesOf(call)) {
    const end = await phone.next('call:state', ({ state }) => state === 'ended');
    expect(end).toMatchObject({ callId, reason: 'hung-up' });
  }
};

const historyOf = async ({ phone }: Side): Promise<unknown[]> => {
  const answer = await phone.request('history:page', { limit: 10 });
  return answer.ok ? answer.entries : [answer];
};

const openDatabase = async (url: string): Promise<Store> => {
  const store = await openPostgresStore(url);
  onTestFinished(() => store.close());
  return store;
};

it(`${String(NODES)} nodes are restarted one after another, and none of ${String(CALLS)} calls is lost`, async () => {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const url = await testPostgres();
  const store = await openDatabase(url);
  const people = await addResidents(store, { count: 2 * CALLS, now: Date.now() });
  const pairs = people.flatMap((one, i) => {
    const other = people[i + 1];
    return i % 2 === 0 && other ? [[one, other] as const] : [];
  });
  for (const [one, other] of pairs) await store.contacts.add(one.userId, other.userId);

  const env = { REDIS_URL: redis.url, DATABASE_URL: url, DIRECTORY: 'contacts' };
  const nodes = await Promise.all(Array.from({ length: NODES }, () => startNode(env)));
  onTestFinished(async () => {
    await Promise.all(nodes.map((node) => node.kill()));
  });
  const ports = (): number[] => nodes.map((node) => Number(new URL(node.url).port));
  const balancer = new Balancer(ports());
  onTestFinished(() => {
    balancer.close();
  });
  const { url: address } = await balancer.way();

  const calls: RunningCall[] = [];
  await forEach(pairs, async ([one, other]) => {
    const [caller, callee] = [await openPhone(address, one), await openPhone(address, other)];
    calls.push(await placeCall(caller, callee));
  });
  const phones = calls.flatMap(({ caller, callee }) => [caller.phone, callee.phone]);

  for (const [i, node] of [...nodes.entries()]) {
    expect(await node.stop()).toBe(0);
    const next = await startNode(env);
    nodes[i] = next;
    await until('the new node is ready', () => isReady(next));
    balancer.serve(ports());
  }
  await until('every phone is back in its call', () => phones.every(({ resumed }) => resumed !== null));
  // Each phone was connected to one of the nodes.
  expect(phones.filter(({ returns }) => returns === 0)).toEqual([]);

  const running = (await store.calls.recent(0)).filter(({ state }) => state === 'active');
  const active = new Set(running.map(({ callId }) => callId));
  expect(active.size).toBe(CALLS);
  await forEach(calls, (call) => expectRunning(call, active));
  await forEach(calls, endCall);

  const ended = { reason: 'hung-up', duration: expect.any(Number) as number };
  await forEach(calls, async ({ callId, caller, callee }) => {
    expect(await historyOf(caller)).toMatchObject([{ ...ended, callId, direction: 'outgoing' }]);
    expect(await historyOf(callee)).toMatchObject([{ ...ended, callId, direction: 'incoming' }]);
  });
  expect(phones.flatMap(({ violations }) => violations)).toEqual([]);
}, 180_000);
