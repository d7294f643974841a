import { describe, expect, it } from 'vitest';
import type { PhoneEvent } from './event.ts';
import { nextDeadline } from './next-deadline.ts';
import { IDLE, type CurrentCall, type Phone, type RingingIn } from './phone.ts';
import { transition } from './transition.ts';

const ada = { userId: 'ada', username: 'ada', displayName: 'Ada' };
const bob = { userId: 'bob', username: 'bob', displayName: 'Bob' };
const base = { callId: 'c1', peer: ada, media: 'video', v: 2, side: 'caller' } as const;

const STATES = {
  none: null,
  dialing: { ...base, kind: 'dialing', since: 0, redialed: false },
  'ringing-out': { ...base, kind: 'ringing-out', since: 0 },
  connecting: { ...base, kind: 'connecting', side: 'callee', since: 0, redialId: null, handOver: null },
  'connecting after glare': {
    ...base,
    kind: 'connecting',
    side: 'callee',
    since: 0,
    redialId: 'c9',
    handOver: null,
  },
  'connecting to hand over': {
    ...base,
    kind: 'connecting',
    since: 0,
    redialId: null,
    handOver: { connectedAt: 5 },
  },
  active: { ...base, kind: 'active', side: 'caller', connectedAt: 5, nextLink: null },
  'active, and about to move': {
    ...base,
    kind: 'active',
    connectedAt: 5,
    nextLink: { lineId: 'l1', v: 2, until: 20_000 },
  },
  reconnecting: {
    ...base,
    kind: 'reconnecting',
    side: 'caller',
    connectedAt: 5,
    since: 10,
    retry: { at: 2_010, pause: 2_000 },
    nextLink: null,
  },
  'reconnecting, and about to move': {
    ...base,
    kind: 'reconnecting',
    connectedAt: 5,
    since: 10,
    retry: { at: 2_010, pause: 2_000 },
    nextLink: { lineId: 'l1', v: 2, until: 20_000 },
  },
  ended: { ...base, kind: 'ended', reason: 'hung-up', connectedAt: 5, endedAt: 10 },
} as const satisfies Record<string, CurrentCall | null>;

const ringing: RingingIn = { callId: 'r1', from: bob, media: 'video', v: 1, since: 0, expiresAt: 50_000 };

const at = 20;
const EVENTS = {
  dial: { kind: 'dial', at, callId: 'c2', peer: { ...ada, userId: 'cy' }, media: 'audio' },
  'accept r1': { kind: 'accept', at, callId: 'r1', media: 'audio' },
  'decline r1': { kind: 'decline', at, callId: 'r1' },
  'hand over': { kind: 'hand-over', at, callId: 'c1', lineId: 'l9', peer: ada, media: 'video' },
  'hang-up': { kind: 'hang-up', at },
  dismiss: { kind: 'dismiss', at, callId: 'c1' },
  placed: { kind: 'placed', at, callId: 'c1', v: 3 },
  refused: { kind: 'refused', at, callId: 'c1', code: 'busy' },
  glare: { kind: 'glare', at, callId: 'c1', first: { callId: 'c0', offer: 'offer' }, redialId: 'c9' },
  incoming: {
    kind: 'incoming',
    at,
    callId: 'r2',
    v: 1,
    from: bob,
    media: 'audio',
    offer: 'offer',
    expiresIn: 45_000,
  },
  accepted: { kind: 'accepted', at, callId: 'c1', v: 3 },
  taken: { kind: 'taken', at, callId: 'c1', v: 3, connectedFor: 15 },
  moving: { kind: 'moving', at, callId: 'c1', v: 3, lineId: 'l2', offer: 'offer', iceServers: [] },
  'accept-refused': { kind: 'accept-refused', at, callId: 'c1', code: 'call-ended' },
  'state ringing': {
    kind: 'state',
    at,
    state: { callId: 'c1', v: 3, state: 'ringing', alerting: true },
  },
  'state connecting': {
    kind: 'state',
    at,
    state: { callId: 'c1', v: 3, state: 'connecting', answer: 'answer' },
  },
  'state active': { kind: 'state', at, state: { callId: 'c1', v: 3, state: 'active' } },
  'state active, moved': {
    kind: 'state',
    at,
    state: { callId: 'c1', v: 3, state: 'active', lineId: 'l1' },
  },
  'state active, as known': { kind: 'state', at, state: { callId: 'c1', v: 2, state: 'active' } },
  'state ended': { kind: 'state', at, state: { callId: 'c1', v: 3, state: 'ended', reason: 'declined' } },
  'state ended, old': {
    kind: 'state',
    at,
    state: { callId: 'c1', v: 1, state: 'ended', reason: 'declined' },
  },
  'state ended r1': {
    kind: 'state',
    at,
    state: { callId: 'r1', v: 2, state: 'ended', reason: 'answered-elsewhere' },
  },
  unknown: { kind: 'unknown', at, callId: 'c1' },
  online: { kind: 'online', at, queue: { v: 1, shown: ['r1'], waiting: 0 } },
  'online, nothing rings': { kind: 'online', at, queue: { v: 1, shown: [], waiting: 0 } },
  'queue with r1': { kind: 'queue', at, queue: { v: 1, shown: ['r3', 'r1'], waiting: 4 } },
  'queue without r1': { kind: 'queue', at, queue: { v: 1, shown: ['r3', 'r4', 'r5'], waiting: 4 } },
  'state ringing r1': {
    kind: 'state',
    at,
    state: { callId: 'r1', v: 3, state: 'ringing', alerting: true },
  },
  'peer-connected': { kind: 'peer-connected', at, callId: 'c1' },
  'peer-interrupted': { kind: 'peer-interrupted', at, callId: 'c1' },
  'peer-failed': { kind: 'peer-failed', at, callId: 'c1' },
  'peer-hung-up': { kind: 'peer-hung-up', at, callId: 'c1' },
  'setup-failed': { kind: 'setup-failed', at, callId: 'c1', cause: 'media-failed' },
  'network changed': { kind: 'network-changed', at },
  'deadline, early': { kind: 'deadline', at },
  'deadline, some time on': { kind: 'deadline', at: 2_010 },
  'deadline, late': { kind: 'deadline', at: 1_000_000 },
  stopped: { kind: 'stopped', at },
} as const satisfies Record<string, PhoneEvent>;

const describePhone = (phone: Phone): string => {
  const { current } = phone;
  const call =
    current === null
      ? 'none'
      : `${current.kind}${current.kind === 'ended' ? `(${current.reason})` : ''} ${current.callId}`;
  return [call, ...phone.incoming.map((entry) => entry.callId)].join(' + ');
};

const row = (state: CurrentCall | null, event: PhoneEvent): string => {
  const before: Phone = { ...IDLE, current: state, incoming: [ringing] };
  const { phone, effects, outcome } = transition(before, event);
  if (outcome !== 'handled') {
    expect(phone).toBe(before);
    expect(effects).toEqual([]);
    return outcome;
  }
  const does = effects.map((effect) => `${effect.kind} ${effect.callId}`).join(', ');
  return `${describePhone(phone)}${does && ` ⇒ ${does}`}`;
};

describe('transition', () => {
  // Every state meets every event. Read a table as: event → next state (+ calls that ring) ⇒ effects.
  for (const [name, state] of Object.entries(STATES)) {
    it(`answers every event in ${name}`, () => {
      const table = Object.entries(EVENTS).map(([label, event]) => `${label} → ${row(state, event)}`);
      expect(table).toMatchSnapshot();
    });
  }

  it('covers every kind of event', () => {
    const kinds = new Set(Object.values(EVENTS).map((event) => event.kind));
    const all: Record<PhoneEvent['kind'], true> = {
      dial: true,
      accept: true,
      decline: true,
      'hand-over': true,
      taken: true,
      moving: true,
      'hang-up': true,
      dismiss: true,
      placed: true,
      refused: true,
      glare: true,
      incoming: true,
      accepted: true,
      'accept-refused': true,
      state: true,
      unknown: true,
      queue: true,
      online: true,
      'peer-connected': true,
      'peer-interrupted': true,
      'peer-failed': true,
      'peer-hung-up': true,
      'setup-failed': true,
      'network-changed': true,
      deadline: true,
      stopped: true,
    };
    expect([...kinds].sort()).toEqual(Object.keys(all).sort());
  });

  it('confirms again that a call is up to a server that has not recorded it', () => {
    for (const state of ['active', 'reconnecting'] as const) {
      const { effects } = transition({ ...IDLE, current: STATES[state] }, EVENTS['state connecting']);
      expect(effects).toEqual([{ kind: 'confirm', callId: 'c1' }]);
    }
  });

  it('tells a server that failed that the call has ended, because the server may have done what it was asked', () => {
    const cases = [
      [STATES.dialing, { ...EVENTS.refused, code: 'unavailable' }],
      [STATES.connecting, { ...EVENTS['accept-refused'], code: 'unavailable' }],
    ] as const;
    for (const [current, event] of cases) {
      const { phone, effects } = transition({ ...IDLE, current }, event);
      expect(phone.current).toMatchObject({ kind: 'ended', reason: 'server-error' });
      expect(effects).toEqual([
        { kind: 'send-end', callId: 'c1' },
        { kind: 'release', callId: 'c1' },
      ]);
    }
  });

  it('looks for a path again and again while there is none, less and less often, and gives up after 30 s', () => {
    let { phone } = transition({ ...IDLE, current: STATES.active }, { ...EVENTS['peer-interrupted'], at: 0 });
    const searches: number[] = [];
    for (let due = nextDeadline(phone); due !== null; due = nextDeadline(phone)) {
      const step = transition(phone, { kind: 'deadline', at: due });
      phone = step.phone;
      if (phone.current?.kind === 'ended') break;
      expect(step.effects).toEqual([{ kind: 'restart-ice', callId: 'c1', because: 'silence' }]);
      searches.push(due);
    }
    expect(searches).toEqual([2_000, 6_000, 14_000, 22_000]);
    expect(phone.current).toMatchObject({ kind: 'ended', reason: 'connection-lost', endedAt: 30_000 });
  });

  it('begins to search as often as at first when the network has changed', () => {
    const tired = { ...STATES.reconnecting, retry: { at: 22_000, pause: 8_000 } };
    const { phone } = transition({ ...IDLE, current: tired }, { kind: 'network-changed', at: 15_000 });
    expect(phone.current).toMatchObject({ kind: 'reconnecting', retry: { at: 17_000, pause: 2_000 } });
  });

  it('goes on with the time that a call it took over has been up', () => {
    const taking = transition(IDLE, EVENTS['hand over']).phone;
    const taken = transition(taking, { kind: 'taken', at: 100, callId: 'c1', v: 3, connectedFor: 60 }).phone;
    const up = transition(taken, { kind: 'peer-connected', at: 200, callId: 'c1' });
    expect(up.phone.current).toMatchObject({ kind: 'active', connectedAt: 40, v: 3 });
    expect(up.effects).toEqual([{ kind: 'confirm', callId: 'c1' }]);
  });

  it('takes over a call that still rings here, too, and holds it once', () => {
    const take: PhoneEvent = { ...EVENTS['hand over'], callId: 'r1' };
    const { phone, effects } = transition({ ...IDLE, incoming: [ringing] }, take);
    expect(phone.incoming).toEqual([]);
    expect(effects.map(({ kind }) => kind)).toEqual(['release', 'hand-over']);
  });

  it('has one second connection at a time, and drops it by itself', () => {
    const active: Phone = { ...IDLE, current: STATES.active };
    const first = transition(active, EVENTS.moving);
    expect(first.effects.map(({ kind }) => kind)).toEqual(['answer-next-link']);
    expect(transition(first.phone, EVENTS.moving).outcome).toBe('stale');
    const second = transition(first.phone, { ...EVENTS.moving, lineId: 'l3', v: 5 });
    expect(second.effects.map(({ kind }) => kind)).toEqual(['drop-next-link', 'answer-next-link']);
    const alone = transition(second.phone, { kind: 'deadline', at: 60_000 });
    expect(alone.effects).toEqual([{ kind: 'drop-next-link', callId: 'c1' }]);
    expect(alone.phone.current).toMatchObject({ kind: 'active', nextLink: null });
  });

  it('answers the other person instead of dialling them while they ring here', () => {
    const dial: PhoneEvent = { kind: 'dial', at, callId: 'c2', peer: bob, media: 'audio' };
    const { phone, effects } = transition({ ...IDLE, incoming: [ringing] }, dial);
    expect(phone.current).toMatchObject({ kind: 'connecting', callId: 'r1', side: 'callee', media: 'audio' });
    expect(effects).toEqual([{ kind: 'answer', callId: 'r1', media: 'audio' }]);
  });

  it('dials again once, and only once, when the call that won the glare had ended', () => {
    const dialing = transition(IDLE, EVENTS.dial).phone;
    const glare: PhoneEvent = { ...EVENTS.glare, callId: 'c2' };
    const answering = transition(dialing, glare).phone;
    const refusal: PhoneEvent = { kind: 'accept-refused', at, callId: 'c0', code: 'call-ended' };
    const again = transition(answering, refusal);
    expect(again.phone.current).toMatchObject({ kind: 'dialing', callId: 'c9', redialed: true });
    expect(again.effects.map((effect) => effect.kind)).toEqual(['release', 'place']);
    const second = transition(again.phone, { ...glare, callId: 'c9', redialId: 'c10' }).phone;
    expect(transition(second, refusal).phone.current).toMatchObject({
      kind: 'ended',
      reason: 'server-error',
    });
  });

  describe('several calls that ring here', () => {
    const ids = (phone: Phone): string[] => phone.incoming.map(({ callId }) => callId);
    const run = (phone: Phone, ...events: PhoneEvent[]): Phone =>
      events.reduce((before, event) => transition(before, event).phone, phone);
    const comes = (callId: string): PhoneEvent => ({ ...EVENTS.incoming, callId });
    const queue = (v: number, shown: string[], waiting = 0): PhoneEvent => ({
      kind: 'queue',
      at,
      queue: { v, shown, waiting },
    });

    it('holds three and no more, the newest first', () => {
      expect(ids(run(IDLE, ...['a', 'b', 'c', 'd'].map(comes)))).toEqual(['c', 'b', 'a']);
    });

    it('shows those that the server shows, in its order, and counts the others', () => {
      const three = run(IDLE, comes('a'), comes('b'), comes('c'));
      const step = transition(three, queue(2, ['f', 'd', 'c'], 2));
      expect(step.effects).toEqual(['b', 'a'].map((callId) => ({ kind: 'release', callId })));
      const five = run(step.phone, comes('d'), comes('f'));
      expect([ids(five), five.queue.waiting]).toEqual([['f', 'd', 'c'], 2]);
    });

    it('rings once more with a call that had to wait, but not with one that is over', () => {
      const waited = run(IDLE, comes('a'), comes('b'), queue(2, ['b']));
      expect(ids(waited)).toEqual(['b']);
      const again = transition(waited, comes('a'));
      expect(ids(again.phone)).toEqual(['a', 'b']);
      expect(again.effects.map(({ kind }) => kind)).toEqual(['prepare', 'report-ringing']);
      const declined = run(again.phone, { kind: 'decline', at, callId: 'a' }, queue(3, ['a', 'b']));
      expect(ids(run(declined, comes('a')))).toEqual(['b']);
    });

    it('does not go back to an older order', () => {
      const phone = run(IDLE, comes('a'), comes('b'), queue(5, ['b', 'a']));
      expect(transition(phone, queue(4, ['x'])).outcome).toBe('stale');
    });

    it('releases a call that waits when the server says so after a lost connection', () => {
      const online: PhoneEvent = { kind: 'online', at, queue: { v: 9, shown: ['b'], waiting: 1 } };
      const { phone, effects } = transition(run(IDLE, comes('a'), comes('b')), online);
      expect(effects).toEqual([{ kind: 'resume', callId: 'a' }]);
      const rings: PhoneEvent = {
        kind: 'state',
        at,
        state: { callId: 'a', v: 2, state: 'ringing', alerting: true },
      };
      const step = transition(phone, rings);
      expect([ids(step.phone), step.effects]).toEqual([['b'], [{ kind: 'release', callId: 'a' }]]);
    });
  });

  it('releases in every transition out of a live state, exactly once', () => {
    for (const state of Object.values(STATES)) {
      for (const event of Object.values(EVENTS)) {
        const { phone, effects } = transition({ ...IDLE, current: state }, event);
        const wasLive = state !== null && state.kind !== 'ended';
        const over = wasLive && (phone.current?.callId !== state.callId || phone.current.kind === 'ended');
        const released = effects.filter((effect) => effect.kind === 'release' && effect.callId === 'c1');
        expect(released).toHaveLength(over ? 1 : 0);
      }
    }
  });
});
