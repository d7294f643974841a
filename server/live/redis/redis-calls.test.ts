import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../clock.ts';
import { createLog } from '../../log.ts';
import type { Sender } from '../../sender.ts';
import type { LedgerEvent } from '../../calls/ledger-event.ts';
import { NO_DUTIES } from '../../../testkit/server/no-duties.ts';
import { startRedis, type TestRedis } from '../../../testkit/server/start-redis.ts';
import type { Live } from '../../live.ts';
import { MemoryCalls } from '../memory/memory-calls.ts';
import { openRedisLive } from './open-redis-live.ts';

let redis: TestRedis;
let live: Live;
beforeAll(async () => {
  redis = await startRedis();
  live = await openRedisLive({ url: redis.url, clock: systemClock, log: createLog('silent') });
  await live.start(NO_DUTIES);
});
afterAll(async () => {
  await live.close();
  await redis.stop();
});

/**
 * An action: one of three people with two phones each does something about one of the first calls, after some
 * time.
 */
interface Step {
  readonly who: number;
  readonly whom: number;
  readonly what: number;
  readonly call: number;
  readonly later: number;
}

const anything = fc.array(
  fc.record({
    who: fc.nat(5),
    whom: fc.nat(2),
    what: fc.nat(13),
    call: fc.constantFrom(0, 0, 0, 1, 2, 3),
    later: fc.constantFrom(0, 1, 1, 1, 1, 1000, 46_000, 130_000),
  }),
  { minLength: 10, maxLength: 40 },
);

const step = (what: number, who = 0): Step => ({ who, whom: 1, what, call: 0, later: 1 });
/**
 * The steps of a call: placed, accepted, connected, and about to move to the callee's other phone. A run
 * begins after any of them.
 */
const WAY: readonly Step[] = [step(0), step(3), step(6), step(11, 1)];

/** People, phones and calls with ids that only this run uses. */
const cast = () => {
  const people = [randomUUID(), randomUUID(), randomUUID()];
  const phones: Sender[] = people.flatMap((userId) =>
    [1, 2].map(() => ({ userId, sessionId: randomUUID(), instanceId: randomUUID() })),
  );
  const callIds: string[] = [];
  const callees = new Map<string, string>();
  const at = <T>(items: readonly T[], i: number): T => {
    const item = items[i % Math.max(1, items.length)];
    if (item === undefined) throw new Error('nobody');
    return item;
  };
  return ({ who, whom, what, call }: Step, now: number): LedgerEvent => {
    const from = at(phones, who);
    const { userId } = from;
    const other = at(people, whom);
    if (callIds.length === 0 || what < 3) {
      const callId = what === 2 ? (callIds[call] ?? randomUUID()) : randomUUID();
      callIds.unshift(callId);
      callees.set(callId, other);
      const person = { userId, username: 'x', displayName: 'X' };
      const invite = { callId, to: other, media: 'audio', offer: 'offer' } as const;
      return { kind: 'invite', at: now, from, person, invite, reachability: 'ok', ringTimeout: 45_000 };
    }
    const callId = at(callIds, call);
    const ref = { callId };
    // Mostly people of the call: events of others are nearly always refused.
    const theirs = at(
      phones.filter((phone) => phone.userId === callees.get(callId)),
      who,
    );
    const events: readonly LedgerEvent[] = [
      { kind: 'accept', at: now, from: theirs, accept: { callId, answer: 'answer' } },
      { kind: 'accept', at: now, from, accept: { callId, answer: 'answer' } },
      { kind: 'ringing', at: now, from, ref },
      { kind: 'connected', at: now, from: theirs, ref },
      { kind: 'end', at: now, from, end: ref },
      { kind: 'resume', at: now, from, ref },
      { kind: 'detached', at: now, from, sentAway: false },
      { kind: 'attached', at: now, from, held: callId, ended: null },
      { kind: 'move', at: now, from: theirs, move: { callId, lineId: callId, offer: 'offer' } },
      { kind: 'separated', at: now, by: userId, other, how: call % 2 === 0 ? 'blocked' : 'removed' },
      { kind: 'deadline', at: now, callId },
    ];
    return at(events, what - 3);
  };
};

it('decides like the memory implementation, whatever happens in whatever order', async () => {
  const reached = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.nat(WAY.length), anything, async (begun, steps) => {
      const memory = new MemoryCalls();
      const eventOf = cast();
      let now = 1_800_000_000_000;
      for (const next of [...WAY.slice(0, begun), ...steps]) {
        now += next.later;
        const event = eventOf(next, now);
        const [here, there] = [await memory.apply(event), await live.calls.apply(event)];
        expect(there).toEqual(here);
        reached.add(`${event.kind} ${here.answer.kind}`);
        for (const call of here.writes.calls.values()) {
          expect(await live.calls.find(call.callId)).toEqual(await memory.find(call.callId));
          for (const userId of [call.callerId, call.calleeId]) {
            expect(await live.calls.callOf(userId)).toEqual(await memory.callOf(userId));
            expect(await live.calls.queueAt(userId)).toEqual(await memory.queueAt(userId));
          }
        }
      }
    }),
    { numRuns: 60 },
  );
  for (const branch of [
    'invite version',
    'invite refused',
    'accept accepted',
    'connected version',
    'move moving',
  ]) {
    expect(reached).toContain(branch);
  }
});
