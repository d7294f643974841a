import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createMemoryLimiters } from '../live/memory/memory-limiters.ts';
import { MemoryCalls } from '../live/memory/memory-calls.ts';
import { createLog } from '../log.ts';
import { createFakeClock } from '../../testkit/server/fake-clock.ts';
import { testSdp } from '../../testkit/server/descriptions.ts';
import { createCalls } from './create-calls.ts';
import { createRingPauses } from './ring-pauses.ts';
import type { CallRecord } from './call-record.ts';

it('announces, shows and stores what the node that decided did not get to', async () => {
  const records: CallRecord[] = [];
  const told: unknown[] = [];
  const inCall = new Map<string, boolean>();
  let broken = false;
  const calls = createCalls({
    live: new MemoryCalls(),
    records: {
      save: (record) => {
        if (broken) return Promise.reject(new Error('killed'));
        records.push(record);
        return Promise.resolve();
      },
      recent: () => Promise.resolve([]),
    },
    directory: {
      person: (userId) => Promise.resolve({ userId, username: 'x', displayName: 'X' }),
      reachability: () => Promise.resolve('ok'),
      isFavourite: () => Promise.resolve(false),
    },
    pauses: createRingPauses(createMemoryLimiters(1000)),
    emitter: {
      toInstance: (instanceId, event, payload) => void told.push([instanceId, event, payload]),
      toPerson: (userId, event, payload, except = []) => void told.push([userId, event, payload, except]),
    },
    presence: {
      setInCall: (userId, is) => {
        inCall.set(userId, is);
        return Promise.resolve();
      },
    },
    onEnded: () => undefined,
    deviceName: () => Promise.resolve(null),
    iceServers: () => [],
    clock: createFakeClock(),
    log: createLog('silent'),
    ringTimeout: 45_000,
  });
  const phone = () => ({ userId: randomUUID(), sessionId: randomUUID(), instanceId: randomUUID() });
  const [ada, bob, callId] = [phone(), phone(), randomUUID()];
  const offer = testSdp('offer');
  await calls.handlers['call:invite'](ada, { callId, to: bob.userId, media: 'audio', offer });
  await calls.handlers['call:accept'](bob, { callId, answer: testSdp('answer') });
  broken = true;
  await expect(calls.handlers['call:connected'](ada, { callId })).rejects.toThrow('killed');
  broken = false;
  told.length = 0;
  inCall.clear();
  await calls.unsettled(callId);
  const elsewhere = { callId, v: 3, state: 'ended', reason: 'answered-elsewhere' };
  expect(told).toEqual([
    ...[ada, bob].map(({ instanceId }) => [instanceId, 'call:state', { callId, v: 3, state: 'active' }]),
    [bob.userId, 'call:state', elsewhere, [bob.instanceId]],
    [bob.userId, 'call:queue', { v: expect.any(Number) as number, shown: [], waiting: 0 }, []],
  ]);
  expect(inCall).toEqual(new Map([ada, bob].map(({ userId }) => [userId, true])));
  expect(records.at(-1)).toMatchObject({ callId, state: 'active', v: 3 });

  const [cy, next] = [phone(), randomUUID()];
  broken = true;
  const wish = { callId: next, to: cy.userId, media: 'audio', offer } as const;
  await expect(calls.handlers['call:invite'](phone(), wish)).rejects.toThrow('killed');
  broken = false;
  told.length = 0;
  await calls.unsettled(next);
  expect(told.at(-1)).toMatchObject([cy.userId, 'call:incoming', { callId: next, offer }, []]);
  // A call that is forgotten meanwhile leaves nothing to do.
  await calls.unsettled(randomUUID());
});
