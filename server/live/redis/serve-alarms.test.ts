import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { newCall } from '../../calls/call.ts';
import { createLog } from '../../log.ts';
import { FRESH_ENTRY } from '../../presence/presence-entry.ts';
import { createFakeClock } from '../../../testkit/server/fake-clock.ts';
import { NO_DUTIES } from '../../../testkit/server/no-duties.ts';
import { startRedis, type TestRedis } from '../../../testkit/server/start-redis.ts';
import { until } from '../../../testkit/server/until.ts';
import type { Duties, Live } from '../../live.ts';
import { openRedisLive } from './open-redis-live.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

type Due = 'callDue' | 'callUnsettled' | 'presenceDue' | 'choiceDue';

/** Two nodes: one that sets an alarm and dies, and one that serves it. */
const nodes = async () => {
  const clock = createFakeClock();
  const namespace = randomUUID();
  const asked: [Due, string][] = [];
  const note = (due: Due) => (id: string) => {
    asked.push([due, id]);
    return Promise.resolve();
  };
  const duties: Duties = {
    ...NO_DUTIES,
    callDue: note('callDue'),
    callUnsettled: note('callUnsettled'),
    presenceDue: note('presenceDue'),
    choiceDue: note('choiceDue'),
  };
  const open = async (its: Duties): Promise<Live> => {
    const live = await openRedisLive({ url: redis.url, namespace, clock, log: createLog('silent') });
    onTestFinished(() => live.close());
    await live.start(its);
    return live;
  };
  const [one, other] = [await open(NO_DUTIES), await open(duties)];
  const isAsked = async (due: Due, id: string): Promise<void> => {
    await until(`${due} is asked`, () => {
      clock.advance(1000);
      return asked.some(([what, whom]) => what === due && whom === id);
    });
  };
  return { clock, one, other, asked, isAsked };
};

const invite = (at: number) => {
  const [from, to, callId] = [randomUUID(), randomUUID(), randomUUID()];
  return {
    kind: 'invite',
    at,
    from: { userId: from, sessionId: randomUUID(), instanceId: randomUUID() },
    person: { userId: from, username: 'x', displayName: 'X' },
    invite: { callId, to, media: 'audio', offer: 'offer' },
    reachability: 'ok',
    ringTimeout: 45_000,
  } as const;
};

it('lets another node end a call that rings too long', async () => {
  const { clock, one, asked, isAsked } = await nodes();
  const event = invite(clock.now());
  await one.calls.apply(event);
  await one.close();
  clock.advance(44_000);
  expect(asked.filter(([due]) => due === 'callDue')).toEqual([]);
  await isAsked('callDue', event.invite.callId);
});

it('lets another node announce and store a decision, unless that was done', async () => {
  const { clock, one, asked, isAsked } = await nodes();
  const [kept, lost] = [invite(clock.now()), invite(clock.now())];
  await one.calls.apply(kept);
  await one.calls.settled([kept.invite.callId]);
  await one.calls.apply(lost);
  await isAsked('callUnsettled', lost.invite.callId);
  expect(asked).not.toContainEqual(['callUnsettled', kept.invite.callId]);
});

it('lets another node show people as gone', async () => {
  const { clock, one, isAsked } = await nodes();
  const userId = randomUUID();
  const devices = { phone: { idle: false, until: clock.now() + 10_000 } };
  await one.presence.change(userId, () => ({ entry: { ...FRESH_ENTRY, devices }, result: null }));
  await isAsked('presenceDue', userId);
});

it('lets another node end a temporary status, unless it was taken back', async () => {
  const { clock, one, asked, isAsked } = await nodes();
  const [ada, bob] = [randomUUID(), randomUUID()];
  await one.remind(ada, clock.now() + 60_000);
  await one.remind(bob, clock.now() + 60_000);
  await one.remind(bob, null);
  await isAsked('choiceDue', ada);
  expect(asked).not.toContainEqual(['choiceDue', bob]);
});

it('does nothing for a call that is forgotten', async () => {
  const { clock, one, other } = await nodes();
  const { from, person, invite: wish } = invite(clock.now());
  const call = newCall({ ...wish, from, person, at: clock.now(), ringTimeout: 1 });
  await one.calls.restore(call);
  await one.calls.apply({ kind: 'give-up', at: clock.now(), callId: call.callId, reason: 'server-error' });
  const at = clock.now() + 1_000_000;
  await other.calls.apply({ kind: 'deadline', at, callId: call.callId });
  expect(await one.calls.find(call.callId)).toBeNull();
  const { writes } = await other.calls.apply({ kind: 'deadline', at, callId: call.callId });
  expect(writes.calls.size).toBe(0);
});
