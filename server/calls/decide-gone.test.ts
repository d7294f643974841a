import { describe, expect, it } from 'vitest';
import { MemoryCalls } from '../live/memory/memory-calls.ts';
import type { Sender } from '../sender.ts';
import type { LedgerEvent } from './ledger-event.ts';

const phone = (userId: string): Sender => ({ userId, sessionId: `${userId}-s`, instanceId: `${userId}-i` });

const invite = (from: string, to: string, callId: string): LedgerEvent => ({
  kind: 'invite',
  at: 0,
  from: phone(from),
  person: { userId: from, username: from, displayName: from },
  invite: { callId, to, media: 'audio', offer: 'offer' },
  reachability: 'ok',
  ringTimeout: 45_000,
});

const gone = (userId: string): LedgerEvent => ({ kind: 'gone', at: 5, userId });

describe('an account that is deleted', () => {
  it('ends the call it is in, on either side', async () => {
    for (const userId of ['ada', 'bob']) {
      const calls = new MemoryCalls();
      await calls.apply(invite('ada', 'bob', 'c1'));
      await calls.apply({ kind: 'accept', at: 1, from: phone('bob'), accept: { callId: 'c1', answer: 'a' } });
      await calls.apply(gone(userId));
      expect(calls.call('c1')).toMatchObject({ state: 'ended', reason: 'hung-up', endedAt: 5 });
      expect([calls.person('ada').callId, calls.person('bob').callId]).toEqual([null, null]);
    }
  });

  it('ends what it places and all that rings there, and nothing else', async () => {
    const calls = new MemoryCalls();
    await calls.apply(invite('ada', 'bob', 'placed'));
    await calls.apply(invite('cyd', 'ada', 'rings'));
    await calls.apply(invite('dan', 'ada', 'rings too'));
    await calls.apply(invite('eve', 'bob', 'of others'));
    const { effects } = await calls.apply(gone('ada'));
    expect(calls.call('placed')).toMatchObject({ state: 'ended', reason: 'cancelled' });
    expect(calls.call('rings')).toMatchObject({ state: 'ended', reason: 'unreachable' });
    expect(calls.call('rings too')).toMatchObject({ state: 'ended', reason: 'unreachable' });
    expect(calls.call('of others')).toMatchObject({ state: 'ringing' });
    expect(calls.person('ada')).toMatchObject({ callId: null, ringing: [] });
    expect(calls.person('bob').ringing).toMatchObject([{ callId: 'of others' }]);
    expect(effects.every(({ kind }) => kind === 'state' || kind === 'queue')).toBe(true);
  });

  it('has nothing to end when it is in no call', async () => {
    const { writes, effects } = await new MemoryCalls().apply(gone('ada'));
    expect([writes.calls.size, effects]).toEqual([0, []]);
  });
});
