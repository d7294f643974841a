import { describe, expect, it } from 'vitest';
import { MemoryCalls } from '../live/memory/memory-calls.ts';
import { TIMES } from '../../protocol/limits.ts';
import type { Call } from './call.ts';
import type { Sender } from '../sender.ts';
import { RINGS_IN_LINE } from './ring-line.ts';
import type { Effect } from './effect.ts';
import type { Answer, LedgerEvent } from './ledger-event.ts';

const phone = (userId: string, device: string, life = 1): Sender => ({
  userId,
  sessionId: `${userId}-${device}`,
  instanceId: `${userId}-${device}-${String(life)}`,
});

const SENDERS = {
  'the caller': phone('ada', 'desk'),
  "the caller's other device": phone('ada', 'laptop'),
  'the callee': phone('bob', 'desk'),
  "the callee's other device": phone('bob', 'laptop'),
  'a third person': phone('cy', 'desk'),
} as const;

const person = { userId: 'ada', username: 'ada', displayName: 'Ada' };
const signal = { kind: 'candidates', seq: 1, ufrag: 'abcd', candidates: [] } as const;

const invite = (from: Sender, to: string, callId: string, at = 0, favourite = false): LedgerEvent => ({
  kind: 'invite',
  at,
  from,
  person: { ...person, userId: from.userId },
  invite: { callId, to, media: 'audio', offer: 'offer' },
  reachability: 'ok',
  favourite,
  ringTimeout: 45_000,
});

const events = (from: Sender, at = 10): Record<string, LedgerEvent> => ({
  'repeats the invite': invite(from, 'bob', 'c1', at),
  rings: { kind: 'ringing', at, from, ref: { callId: 'c1' } },
  accepts: { kind: 'accept', at, from, accept: { callId: 'c1', answer: 'answer' } },
  signals: { kind: 'signal', at, from, signal: { callId: 'c1', signal: { ...signal, candidates: [] } } },
  'is connected': { kind: 'connected', at, from, ref: { callId: 'c1' } },
  'takes it over': { kind: 'move', at, from, move: { callId: 'c1', lineId: 'l1', offer: 'offer' } },
  ends: { kind: 'end', at, from, end: { callId: 'c1' } },
  'ends with a cause': { kind: 'end', at, from, end: { callId: 'c1', cause: 'media-failed' } },
  resumes: { kind: 'resume', at, from, ref: { callId: 'c1' } },
  'comes back with the call': { kind: 'attached', at, from, held: 'c1', ended: null },
  'comes back without it': { kind: 'attached', at, from, held: null, ended: null },
  'is restarted': {
    kind: 'attached',
    at,
    from: { ...from, instanceId: `${from.instanceId}+` },
    held: null,
    ended: null,
  },
  'loses its connection': { kind: 'detached', at, from, sentAway: false },
  'signs out': { kind: 'signed-out', at, userId: from.userId, sessionId: from.sessionId },
  'lets it become due': { kind: 'deadline', at: 10_000_000, callId: 'c1' },
});

const WAYS = {
  ringing: ['repeats the invite'],
  connecting: ['repeats the invite', 'accepts'],
  active: ['repeats the invite', 'accepts', 'is connected'],
  moving: ['repeats the invite', 'accepts', 'is connected', 'takes it over'],
  ended: ['repeats the invite', 'accepts', 'ends'],
} as const;

const BY = {
  'repeats the invite': 'the caller',
  accepts: 'the callee',
  'is connected': 'the callee',
  'takes it over': "the caller's other device",
  ends: 'the callee',
} as const;

/** A ledger in which Ada's call to Bob has come to a state. */
const ledgerIn = async (state: keyof typeof WAYS): Promise<MemoryCalls> => {
  const live = new MemoryCalls();
  for (const step of WAYS[state]) {
    const from = SENDERS[BY[step]];
    const event = events(from, 0)[step];
    if (event) await live.apply(event);
  }
  return live;
};

const wordsFor = (answer: Answer): string => {
  switch (answer.kind) {
    case 'refused':
      return `refused: ${answer.refusal.code}`;
    case 'state':
      return `state: ${answer.state.state}${answer.state.state === 'ended' ? ` ${answer.state.reason}` : ''}`;
    case 'accepted':
    case 'version':
      return `${answer.kind} ${String(answer.v)}`;
    case 'moving':
      return `moving ${String(answer.v)}`;
    case 'done':
      return 'done';
  }
};

const effectWords = (effect: Effect): string => {
  switch (effect.kind) {
    case 'ring':
      return `ring ${effect.call.calleeId}`;
    case 'queue':
      return `${effect.userId} is shown ${effect.queue.shown.join(' ')} and ${String(effect.queue.waiting)} more`;
    case 'signal':
      return `signal → ${effect.to}`;
    case 'moving':
      return `moving to ${effect.lineId} → ${effect.to}`;
    case 'in-call':
      return `${effect.userId} ${effect.inCall ? 'is' : 'is not'} in a call`;
    case 'state': {
      const { to, state } = effect;
      const whom =
        to.kind === 'phone' ? to.instanceId : `${to.userId}${to.except ? ` but ${to.except}` : ''}`;
      return `${state.state}${state.state === 'ended' ? ` ${state.reason}` : ''} → ${whom}`;
    }
  }
};

const stateOf = (call: Call | undefined): string =>
  call ? `${call.state}${call.reason ? ` ${call.reason}` : ''} v${String(call.v)}` : 'forgotten';

describe('decide', () => {
  // Every state meets every event from everybody. Read a line as: who does what → answer | the call after | who is told.
  for (const state of Object.keys(WAYS) as (keyof typeof WAYS)[]) {
    it(`answers everybody while the call is ${state}`, async () => {
      const table: string[] = [];
      for (const [who, from] of Object.entries(SENDERS)) {
        for (const [what, event] of Object.entries(events(from))) {
          const live = await ledgerIn(state);
          const { answer, effects } = await live.apply(event);
          const told = effects.map(effectWords).join(', ');
          table.push(`${who} ${what} → ${wordsFor(answer)} | ${stateOf(live.call('c1'))} | ${told}`);
        }
      }
      expect(table).toMatchSnapshot();
    });
  }

  it('joins two people who dial each other, and keeps the second id as an alias', async () => {
    const live = await ledgerIn('ringing');
    const crossing = await live.apply(invite(SENDERS['the callee'], 'ada', 'c2'));
    expect(crossing.answer).toMatchObject({
      kind: 'refused',
      refusal: { code: 'glare', callId: 'c1', offer: 'offer' },
    });
    expect(live.call('c2')?.callId).toBe('c1');
    await live.apply({ kind: 'end', at: 5, from: SENDERS['the callee'], end: { callId: 'c2' } });
    expect(live.call('c1')).toMatchObject({ state: 'ended', reason: 'declined' });
  });

  describe('many who ring one person', () => {
    const ring = (live: MemoryCalls, name: string, favourite = false) =>
      live.apply(invite(phone(name, 'desk'), 'bob', name, 0, favourite));
    const lineAt = async (live: MemoryCalls) => {
      const { shown, waiting } = await live.queueAt('bob');
      return [...shown.map(({ callId }) => callId), waiting];
    };

    it('makes nobody busy: the newest are shown, favourites first, and the others wait', async () => {
      const live = new MemoryCalls();
      for (const name of ['a', 'b', 'c']) await ring(live, name);
      const fourth = await ring(live, 'd');
      expect(fourth.answer).toEqual({ kind: 'version', v: 1 });
      // The server itself tells a caller that it rings if the call gives way before a phone has reported it.
      expect(fourth.effects.map(effectWords)).toEqual([
        'bob is shown d c b and 1 more',
        'ringing → a-desk-1',
        'ring bob',
      ]);
      const favourite = await ring(live, 'fay', true);
      expect(favourite.effects.map(effectWords)).toContain('bob is shown fay d c and 2 more');
      const sixth = await ring(live, 'e');
      expect(sixth.effects.map(effectWords)).toContain('bob is shown fay e d and 3 more');
      expect(await lineAt(live)).toEqual(['fay', 'e', 'd', 3]);
    });

    it('rings for the caller at once where it waits, and at the phones when there is room', async () => {
      const live = new MemoryCalls();
      for (const name of ['x', 'y', 'z']) await ring(live, name, true);
      const waits = await ring(live, 'a');
      expect(waits.effects.map(effectWords)).toEqual(['bob is shown z y x and 1 more', 'ringing → a-desk-1']);
      expect(live.call('a')).toMatchObject({ state: 'ringing', alerting: true });
      const from = SENDERS['the callee'];
      const { effects } = await live.apply({ kind: 'end', at: 5, from, end: { callId: 'y' } });
      expect(effects.map(effectWords).slice(-2)).toEqual(['bob is shown z x a and 0 more', 'ring bob']);
      expect(effects.at(-1)).toMatchObject({ call: { callId: 'a' } });
    });

    it('ends them all as busy when one of them is accepted, also one that waits', async () => {
      const live = new MemoryCalls();
      const names = ['a', 'b', 'c', 'd', 'e'];
      for (const name of names) await ring(live, name);
      await live.apply({
        kind: 'accept',
        at: 1,
        from: SENDERS['the callee'],
        accept: { callId: 'a', answer: 'answer' },
      });
      expect(names.map((id) => live.call(id)?.reason)).toEqual([null, 'busy', 'busy', 'busy', 'busy']);
      expect(await lineAt(live)).toEqual([0]);
    });

    it('keeps a queue of bounded length: a call behind it rings for the caller alone and is missed', async () => {
      const live = new MemoryCalls();
      const names = Array.from({ length: RINGS_IN_LINE + 2 }, (_, i) => `n${String(i)}`);
      for (const name of names) await ring(live, name);
      expect(live.person('bob').ringing).toHaveLength(RINGS_IN_LINE);
      expect(live.call('n0')).toMatchObject({ state: 'ringing', silenced: true, traceless: false });
      await live.apply({ kind: 'separated', at: 3, by: 'bob', other: 'n1', how: 'removed' });
      expect(live.call('n1')).toMatchObject({ state: 'ended', reason: 'declined' });
      const { effects } = await live.apply({ kind: 'deadline', at: 45_000, callId: 'n0' });
      expect(effects.map(effectWords)).toEqual(['ended no-answer → n0-desk-1']);
    });

    it('numbers the queue upwards, also after it was empty', async () => {
      const live = new MemoryCalls();
      const told: number[] = [];
      for (const at of [100, 100, 200]) {
        for (const name of ['a', 'b']) {
          const from = phone(name, 'desk');
          const { effects } = await live.apply(invite(from, 'bob', `${name}${String(told.length)}`, at));
          for (const effect of effects) if (effect.kind === 'queue') told.push(effect.queue.v);
        }
        for (const name of ['a', 'b']) {
          const { callId } = live.person(name);
          const end = { callId: callId ?? '' };
          await live.apply({ kind: 'end', at, from: phone(name, 'desk'), end });
        }
      }
      expect(told.length).toBeGreaterThan(2);
      expect(told.toSorted((a, b) => a - b)).toEqual(told);
    });
  });

  it('refuses a call to somebody in a call, and answers its repetition alike', async () => {
    const live = await ledgerIn('active');
    const late = await live.apply(invite(phone('e', 'desk'), 'bob', 'c4'));
    expect(late.answer).toMatchObject({ refusal: { code: 'busy' } });
    const again = await live.apply(invite(phone('e', 'desk'), 'bob', 'c4'));
    expect(again.answer).toEqual(late.answer);
  });

  it('does not let a call that only rings make anybody busy', async () => {
    const live = await ledgerIn('ringing');
    const { answer } = await live.apply(invite(SENDERS['a third person'], 'ada', 'c2'));
    expect(answer).toEqual({ kind: 'version', v: 1 });
  });

  it('refuses a second call from another phone, and replaces the call when its phone is away', async () => {
    const live = await ledgerIn('active');
    const laptop = SENDERS["the caller's other device"];
    const early = await live.apply(invite(laptop, 'bob', 'c2'));
    expect(early.answer).toMatchObject({ refusal: { code: 'in-another-call' } });
    await live.apply({ kind: 'detached', at: 5, from: SENDERS['the caller'], sentAway: false });
    const later = await live.apply(invite(laptop, 'bob', 'c3', 6));
    expect(later.answer).toEqual({ kind: 'version', v: 1 });
    expect(stateOf(live.call('c1'))).toBe('ended connection-lost v4');
    expect(later.effects.map(effectWords)).toContain('ring bob');
  });

  it('ends the earlier call when the same phone dials anew', async () => {
    const live = await ledgerIn('ringing');
    await live.apply(invite(SENDERS['the caller'], 'cy', 'c2'));
    expect(stateOf(live.call('c1'))).toBe('ended cancelled v2');
  });

  describe('a hand-over to another phone', () => {
    const laptop = SENDERS["the caller's other device"];
    const desk = SENDERS['the caller'];
    const bob = SENDERS['the callee'];
    const connected = (from: Sender, at = 20): LedgerEvent => ({
      kind: 'connected',
      at,
      from,
      ref: { callId: 'c1' },
    });
    const signalOf = (from: Sender, lineId?: string): LedgerEvent => ({
      kind: 'signal',
      at: 15,
      from,
      signal: {
        callId: 'c1',
        ...(lineId !== undefined && { lineId }),
        signal: { ...signal, candidates: [] },
      },
    });
    const toldBy = async (live: MemoryCalls, event: LedgerEvent): Promise<string[]> =>
      (await live.apply(event)).effects.map(effectWords);

    it('binds the call to the new phone when its connection is up, and not before', async () => {
      const live = await ledgerIn('moving');
      expect(live.call('c1')?.caller.instanceId).toBe('ada-desk-1');
      expect(await toldBy(live, connected(laptop))).toEqual([
        'active → bob-desk-1',
        'active → ada-laptop-1',
        'ended continued-elsewhere → ada-desk-1',
        'ada is in a call',
      ]);
      const call = live.call('c1');
      expect(call).toMatchObject({ state: 'active', lineId: 'l1', move: null, connectedAt: 0, callId: 'c1' });
      expect(call?.caller.instanceId).toBe('ada-laptop-1');
      expect(live.person('ada').callId).toBe('c1');
      const late = await live.apply({ kind: 'end', at: 30, from: desk, end: { callId: 'c1' } });
      expect(late.answer).toMatchObject({ refusal: { code: 'answered-elsewhere' } });
      await live.apply({ kind: 'end', at: 40, from: laptop, end: { callId: 'c1' } });
      expect(live.call('c1')).toMatchObject({ state: 'ended', reason: 'hung-up' });
    });

    it('moves back, and on', async () => {
      const live = await ledgerIn('moving');
      await live.apply(connected(laptop));
      const move = { callId: 'c1', lineId: 'l2', offer: 'offer' };
      await live.apply({ kind: 'move', at: 30, from: desk, move });
      await live.apply(connected(desk, 31));
      expect(live.call('c1')).toMatchObject({ lineId: 'l2', caller: { instanceId: 'ada-desk-1' } });
    });

    it('passes each signal along its own connection', async () => {
      const live = await ledgerIn('moving');
      expect(await toldBy(live, signalOf(laptop, 'l1'))).toEqual(['signal → bob-desk-1']);
      expect(await toldBy(live, signalOf(bob, 'l1'))).toEqual(['signal → ada-laptop-1']);
      expect(await toldBy(live, signalOf(bob))).toEqual(['signal → ada-desk-1']);
      expect(await toldBy(live, signalOf(desk))).toEqual(['signal → bob-desk-1']);
      for (const wrong of [signalOf(desk, 'l1'), signalOf(laptop), signalOf(laptop, 'l9')]) {
        const { answer } = await live.apply(wrong);
        expect(answer).toMatchObject({ refusal: { code: 'answered-elsewhere' } });
      }
    });

    it.each<[string, LedgerEvent]>([
      ['gives up', { kind: 'end', at: 20, from: laptop, end: { callId: 'c1' } }],
      ['loses its connection', { kind: 'detached', at: 20, from: laptop, sentAway: false }],
      ['is signed out', { kind: 'signed-out', at: 20, userId: 'ada', sessionId: 'ada-laptop' }],
      ['is too late', { kind: 'deadline', at: 15_000, callId: 'c1' }],
    ])('leaves the call where it was when the new phone %s', async (_what, event) => {
      const live = await ledgerIn('moving');
      expect(await toldBy(live, event)).toEqual(['active → bob-desk-1', 'ended media-failed → ada-laptop-1']);
      expect(live.call('c1')).toMatchObject({
        state: 'active',
        move: null,
        lineId: null,
        caller: { instanceId: 'ada-desk-1' },
      });
      const late = await live.apply(connected(laptop, 21));
      expect(late.answer).toMatchObject({ refusal: { code: 'answered-elsewhere' } });
      expect(live.person('ada').callId).toBe('c1');
    });

    it('ends for the new phone, too, when the call ends meanwhile', async () => {
      const live = await ledgerIn('moving');
      const told = await toldBy(live, { kind: 'end', at: 20, from: bob, end: { callId: 'c1' } });
      expect(told).toContain('ended hung-up → ada-laptop-1');
    });

    it('does not start while the other person is away, but does while the old phone is', async () => {
      const move = { callId: 'c1', lineId: 'l1', offer: 'offer' };
      const away = await ledgerIn('active');
      await away.apply({ kind: 'detached', at: 5, from: bob, sentAway: false });
      const refusal = await away.apply({ kind: 'move', at: 6, from: laptop, move });
      expect(refusal.answer).toMatchObject({ refusal: { code: 'unreachable' } });
      const live = await ledgerIn('active');
      await live.apply({ kind: 'detached', at: 5, from: desk, sentAway: false });
      await live.apply({ kind: 'move', at: 6, from: laptop, move });
      await live.apply(connected(laptop));
      expect(live.call('c1')?.away).toEqual({ caller: null, callee: null });
    });
  });

  it('keeps no description and no candidate of a call that is over, and none of an active one', async () => {
    for (const state of ['active', 'ended'] as const) {
      const call = (await ledgerIn(state)).call('c1');
      expect(call).toMatchObject({ offer: '', answer: null, signals: { caller: [], callee: [] } });
    }
  });

  describe('when the caller vanishes while the call rings', () => {
    const [ada, bob] = [SENDERS['the caller'], SENDERS['the callee']];
    const vanish = (at: number, sentAway = false): LedgerEvent => ({
      kind: 'detached',
      at,
      from: ada,
      sentAway,
    });
    const due = (at: number): LedgerEvent => ({ kind: 'deadline', at, callId: 'c1' });

    it('ends five seconds later, as lost', async () => {
      const live = await ledgerIn('ringing');
      await live.apply(vanish(1_000));
      await live.apply(due(5_999));
      expect(live.call('c1')?.state).toBe('ringing');
      const { effects } = await live.apply(due(6_000));
      expect(effects.map(effectWords)).toContain('ended connection-lost → bob');
      expect(live.call('c1')).toMatchObject({ state: 'ended', reason: 'connection-lost', connectedAt: null });
    });

    it('rings on for a caller who is back by then', async () => {
      const live = await ledgerIn('ringing');
      await live.apply(vanish(1_000));
      await live.apply({ kind: 'attached', at: 5_900, from: ada, held: 'c1', ended: null });
      await live.apply(due(6_000));
      expect(live.call('c1')?.state).toBe('ringing');
      await live.apply(due(45_000));
      expect(live.call('c1')).toMatchObject({ reason: 'no-answer' });
    });

    it('has rung long enough when the timeout comes first', async () => {
      const live = await ledgerIn('ringing');
      await live.apply(vanish(44_000));
      await live.apply(due(45_000));
      expect(live.call('c1')).toMatchObject({ reason: 'no-answer' });
    });

    it('ends at the same time when somebody has accepted meanwhile', async () => {
      const live = await ledgerIn('ringing');
      await live.apply(vanish(1_000));
      const accept = { callId: 'c1', answer: 'answer' };
      const { answer } = await live.apply({ kind: 'accept', at: 2_000, from: bob, accept });
      expect(answer).toMatchObject({ kind: 'accepted' });
      await live.apply(due(5_999));
      expect(live.call('c1')?.state).toBe('connecting');
      await live.apply(due(6_000));
      expect(live.call('c1')).toMatchObject({ state: 'ended', reason: 'connection-lost', connectedAt: null });
      expect(live.person('bob')).toMatchObject({ callId: null, ringing: [] });
    });

    it('has its usual time to connect when the caller is back', async () => {
      const live = await ledgerIn('ringing');
      await live.apply(vanish(1_000));
      await live.apply({ kind: 'accept', at: 2_000, from: bob, accept: { callId: 'c1', answer: 'answer' } });
      await live.apply({ kind: 'attached', at: 5_900, from: ada, held: 'c1', ended: null });
      await live.apply(due(6_000));
      expect(live.call('c1')?.state).toBe('connecting');
      await live.apply(due(2_000 + TIMES.connecting));
      expect(live.call('c1')).toMatchObject({ state: 'ended', reason: 'media-failed' });
    });

    it('waits for a caller whom a stopping server has sent away', async () => {
      const live = await ledgerIn('ringing');
      await live.apply(vanish(1_000, true));
      await live.apply(due(10_000));
      const accept = { callId: 'c1', answer: 'answer' };
      const { answer } = await live.apply({ kind: 'accept', at: 11_000, from: bob, accept });
      expect(answer).toMatchObject({ kind: 'accepted' });
    });
  });

  it.each([46_000, 90_000])(
    'dates the end of a lost call to when its phone went away (%i)',
    async (servedAt) => {
      const live = await ledgerIn('active');
      await live.apply({ kind: 'detached', at: 1_000, from: SENDERS['the callee'], sentAway: false });
      await live.apply({ kind: 'deadline', at: 45_999, callId: 'c1' });
      expect(live.call('c1')?.state).toBe('active');
      await live.apply({ kind: 'deadline', at: servedAt, callId: 'c1' });
      expect(live.call('c1')).toMatchObject({ state: 'ended', reason: 'connection-lost', endedAt: 1_000 });
    },
  );
});
