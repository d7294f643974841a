import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryCalls } from '../live/memory/memory-calls.ts';
import type { Sender } from '../sender.ts';
import type { Decision } from './decide.ts';
import type { LedgerEvent } from './ledger-event.ts';

const phone = (userId: string): Sender => ({
  userId,
  sessionId: `${userId}-desk`,
  instanceId: `${userId}-desk-1`,
});
const [ada, bob, cy] = [phone('ada'), phone('bob'), phone('cy')];

const invite = (from: Sender, to: string, callId = 'c1'): LedgerEvent => ({
  kind: 'invite',
  at: 0,
  from,
  person: { userId: from.userId, username: from.userId, displayName: from.userId },
  invite: { callId, to, media: 'audio', offer: 'offer' },
  reachability: 'ok',
  ringTimeout: 45_000,
});
const accept = (from: Sender): LedgerEvent => ({
  kind: 'accept',
  at: 5,
  from,
  accept: { callId: 'c1', answer: 'answer' },
});
const separated = (by: string, other: string, how: 'blocked' | 'removed'): LedgerEvent => ({
  kind: 'separated',
  at: 10,
  by,
  other,
  how,
});

/** What a phone is told of states, in order. */
const toldTo = ({ effects }: Decision, { userId, instanceId }: Sender): string[] =>
  effects
    .filter((effect) => effect.kind === 'state')
    .filter(({ to }) => (to.kind === 'phone' ? to.instanceId === instanceId : to.userId === userId))
    .map(({ state }) => (state.state === 'ended' ? state.reason : state.state));

describe('somebody who rings and is blocked', () => {
  let live: MemoryCalls;
  beforeEach(async () => {
    live = new MemoryCalls();
    await live.apply(invite(ada, 'bob'));
  });

  it('stops ringing here at once, and is told nothing until the ring timeout', async () => {
    const before = live.call('c1');
    const decision = await live.apply(separated('bob', 'ada', 'blocked'));
    expect(toldTo(decision, bob)).toEqual(['declined']);
    expect(toldTo(decision, ada)).toEqual([]);
    expect(decision.writes.transitions.size).toBe(0);
    expect(live.call('c1')).toEqual({ ...before, silenced: true, traceless: true });
    expect((await live.queueAt('bob')).shown).toEqual([]);

    const due = await live.apply({ kind: 'deadline', at: 45_000, callId: 'c1' });
    expect(toldTo(due, ada)).toEqual(['no-answer']);
    expect(toldTo(due, bob)).toEqual([]);
    // The same as if nobody had been there to ring: one step from placed to ended.
    expect(live.call('c1')).toMatchObject({ state: 'ended', reason: 'no-answer', v: 2 });
  });

  it('is over for every phone of the one who blocked', async () => {
    await live.apply(separated('bob', 'ada', 'blocked'));
    expect((await live.apply(accept(bob))).answer).toMatchObject({ refusal: { code: 'call-ended' } });
    const rings = await live.apply({ kind: 'ringing', at: 11, from: bob, ref: { callId: 'c1' } });
    expect(rings.answer).toMatchObject({ refusal: { code: 'call-ended' } });
    expect(toldTo(rings, ada)).toEqual([]);
    const ends = await live.apply({ kind: 'end', at: 11, from: bob, end: { callId: 'c1' } });
    expect(toldTo(ends, ada)).toEqual([]);
    expect(toldTo(ends, bob)).toEqual(['declined']);
    const resumes = await live.apply({ kind: 'resume', at: 11, from: bob, ref: { callId: 'c1' } });
    expect(resumes.answer).toMatchObject({ state: { state: 'ended', reason: 'declined' } });
    expect(live.call('c1')?.state).toBe('ringing');
  });

  it('can be cancelled, which the one who blocked does not hear', async () => {
    await live.apply(separated('bob', 'ada', 'blocked'));
    const ends = await live.apply({ kind: 'end', at: 11, from: ada, end: { callId: 'c1' } });
    expect(toldTo(ends, ada)).toEqual(['cancelled']);
    expect(toldTo(ends, bob)).toEqual([]);
  });

  it('is not joined to a later call from the other side, and others ring on', async () => {
    await live.apply(invite(cy, 'bob', 'c2'));
    await live.apply(separated('bob', 'ada', 'blocked'));
    expect((await live.queueAt('bob')).shown.map(({ callId }) => callId)).toEqual(['c2']);
    const crossing = await live.apply(invite(bob, 'ada', 'c3'));
    expect(crossing.answer).toEqual({ kind: 'version', v: 1 });
  });

  it('is not told busy when the one who blocked accepts another call', async () => {
    await live.apply(invite(cy, 'bob', 'c2'));
    await live.apply(separated('bob', 'ada', 'blocked'));
    const accepts = await live.apply({
      kind: 'accept',
      at: 12,
      from: bob,
      accept: { callId: 'c2', answer: 'answer' },
    });
    expect(accepts.answer.kind).toBe('accepted');
    expect(toldTo(accepts, ada)).toEqual([]);
  });

  it('is told declined when removed from the contacts instead', async () => {
    const decision = await live.apply(separated('bob', 'ada', 'removed'));
    expect(toldTo(decision, ada)).toEqual(['declined']);
    expect(toldTo(decision, bob)).toEqual(['declined']);
  });
});

it('cancels a call that the one who parts is placing to the other', async () => {
  for (const how of ['blocked', 'removed'] as const) {
    const live = new MemoryCalls();
    await live.apply(invite(ada, 'bob'));
    const decision = await live.apply(separated('ada', 'bob', how));
    expect(toldTo(decision, bob)).toEqual(['cancelled']);
    expect(toldTo(decision, ada)).toEqual(['cancelled']);
  }
});

it.each([
  ['ada', 'bob', 'blocked', 'ended'],
  ['bob', 'ada', 'blocked', 'ended'],
  ['bob', 'ada', 'removed', 'connecting'],
  ['bob', 'cy', 'blocked', 'connecting'],
] as const)(
  'when %s parts with %s (%s), the call between Ada and Bob is %s',
  async (by, other, how, state) => {
    const live = new MemoryCalls();
    await live.apply(invite(ada, 'bob'));
    await live.apply(accept(bob));
    await live.apply(separated(by, other, how));
    expect(live.call('c1')).toMatchObject({ state, reason: state === 'ended' ? 'hung-up' : null });
  },
);

it('may be applied twice, and without a call', async () => {
  const live = new MemoryCalls();
  expect((await live.apply(separated('bob', 'ada', 'blocked'))).effects).toEqual([]);
  await live.apply(invite(ada, 'bob'));
  await live.apply(separated('bob', 'ada', 'blocked'));
  expect((await live.apply(separated('bob', 'ada', 'blocked'))).effects).toEqual([]);
});
