import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { IceServers } from '../../../protocol/calls/call.ts';
import type { Effect } from './machine/effect.ts';
import { refuse } from '../../../protocol/events.ts';
import { CallEffects, type EffectLink } from './call-effects.ts';
import type { Happening } from './machine/event.ts';

const callId = '10000000-0000-4000-8000-000000000000';
const to = '20000000-0000-4000-8000-000000000000';
const SIGNAL = { kind: 'candidates', seq: 0, ufrag: 'abcd', candidates: [] };

/** A phone whose link and server write down what is asked of them, in order. */
const setUp = (answers: Record<string, unknown> = {}, iceServers: IceServers | null = null) => {
  const done: string[] = [];
  const happened: Happening[] = [];
  const end = new AbortController();
  onTestFinished(() => {
    end.abort();
  });
  let failing: string | null = null;
  const step = (name: string): Promise<void> => {
    done.push(name);
    return failing === name ? Promise.reject(new Error(name)) : Promise.resolve();
  };
  const link: EffectLink = {
    signal: end.signal,
    prepare: (offer) => {
      done.push(`prepare ${offer}`);
    },
    answer: () => step('answer').then(() => 'the answer'),
    openSources: (media) => {
      done.push(`open ${media}`);
    },
    openOnly: ({ microphone, camera }) => {
      done.push(`open only ${String(microphone)} ${String(camera)}`);
    },
    hangUp: (cause) => {
      done.push(`hang up ${cause ?? ''}`);
    },
    succeed: (lineId, offer) => step(`succeed ${lineId} ${offer}`),
    switchOver: () => {
      done.push('switch over');
    },
    dropNextLink: () => {
      done.push('drop nextLink');
    },
    peer: {
      prepareOffer: () => step('prepareOffer').then(() => 'the offer'),
      startOffer: () => step('startOffer'),
      applyAnswer: (sdp) => step(`applyAnswer ${sdp}`),
      startAnswer: () => step('startAnswer'),
      handleSignal: () => step('handleSignal'),
      repeatSignals: () => {
        done.push('repeatSignals');
      },
      restartIce: () => step('restartIce'),
    },
  };
  let known: EffectLink | undefined;
  const effects = new CallEffects({
    links: {
      open: (_callId, side) => {
        done.push(`link ${side}`);
        known = link;
        return link;
      },
      find: () => known,
      release: () => {
        done.push('release');
        known = undefined;
        end.abort();
      },
    },
    signaling: () => ({
      // The server answers what the test says; types are those of whatever was asked.
      request: (event, payload) => {
        done.push(`request ${event} ${JSON.stringify(payload)}`);
        return Promise.resolve((answers[event] ?? refuse('unavailable')) as never);
      },
    }),
    dispatch: (happening) => happened.push(happening),
  });
  effects.iceServers = iceServers;
  return {
    done,
    happened,
    run: async (...list: Effect[]) => {
      for (const effect of list) effects.run(effect);
      await new Promise((resolve) => setTimeout(resolve));
    },
    effects,
    fail: (name: string) => {
      failing = name;
    },
  };
};

const place: Effect = { kind: 'place', callId, to, media: 'video' };
const prepare: Effect = { kind: 'prepare', callId, offer: 'their offer' };
const answer: Effect = { kind: 'answer', callId, media: 'audio' };
const release: Effect = { kind: 'release', callId };
const INVITE = `request call:invite ${JSON.stringify({ callId, to, media: 'video', offer: 'the offer' })}`;
const ACCEPT = `request call:accept ${JSON.stringify({ callId, answer: 'the answer' })}`;

describe('credentials of the relay that have expired', () => {
  it('are replaced, and a path is looked for with the new ones', async () => {
    const { run, effects, done } = setUp({
      'call:invite': { ok: true, v: 1, iceServers: [] },
      'call:ice-servers': { ok: true, iceServers: [{ urls: ['turn:t.example'] }] },
    });
    await run(place);
    const restarts: IceServers[] = [];
    const peer = { renewIceServers: (servers: IceServers) => Promise.resolve(void restarts.push(servers)) };
    await effects.renewIceServers({ callId, peer });
    expect(done.at(-1)).toBe(`request call:ice-servers ${JSON.stringify({ callId })}`);
    expect(restarts).toEqual([[{ urls: ['turn:t.example'] }]]);
    await run(release);
    await effects.renewIceServers({ callId, peer });
    expect(restarts).toHaveLength(1);
  });

  it('stay as they are when the server gives none', async () => {
    const { run, effects } = setUp({ 'call:invite': { ok: true, v: 1, iceServers: [] } });
    await run(place);
    let restarts = 0;
    const peer = { renewIceServers: () => Promise.resolve(void (restarts += 1)) };
    await effects.renewIceServers({ callId, peer });
    expect(restarts).toBe(0);
  });
});

describe('placing', () => {
  it('invites, captures meanwhile, and gathers when the call is placed', async () => {
    const { run, done, happened } = setUp({ 'call:invite': { ok: true, v: 1, iceServers: [] } });
    await run(place);
    expect(done).toEqual(['link caller', 'prepareOffer', INVITE, 'open video', 'startOffer']);
    expect(happened).toEqual([{ kind: 'placed', callId, v: 1 }]);
  });

  it('tells a refusal', async () => {
    const { run, happened, done } = setUp({ 'call:invite': refuse('busy') });
    await run(place);
    expect(happened).toEqual([{ kind: 'refused', callId, code: 'busy' }]);
    expect(done).not.toContain('startOffer');
  });

  it('tells of both dialling at once, with an id to dial again with', async () => {
    const first = { callId: to, offer: 'their offer' };
    const { run, happened } = setUp({
      'call:invite': { ok: false, code: 'glare', media: 'audio', ...first },
    });
    await run(place);
    expect(happened).toEqual([{ kind: 'glare', callId, first, redialId: expect.any(String) as string }]);
  });

  it.each(['prepareOffer', 'startOffer'])('fails when %s does', async (name) => {
    const { run, fail, happened } = setUp({ 'call:invite': { ok: true, v: 1, iceServers: [] } });
    fail(name);
    await run(place);
    expect(happened.at(-1)).toEqual({ kind: 'setup-failed', callId, cause: 'media-failed' });
  });

  it('says nothing any more once the call is released', async () => {
    const { run, happened, fail } = setUp({ 'call:invite': { ok: true, v: 1, iceServers: [] } });
    fail('prepareOffer');
    await run(place, release);
    expect(happened).toEqual([]);
  });
});

describe('answering', () => {
  it('prepares once, and opens nothing', async () => {
    const { run, done } = setUp();
    await run(prepare, prepare, { kind: 'report-ringing', callId });
    expect(done).toEqual([
      'link callee',
      'prepare their offer',
      `request call:ringing ${JSON.stringify({ callId })}`,
    ]);
  });

  it('accepts first, opens capture beside it, and connects with what the server had kept', async () => {
    const { run, done, happened } = setUp({
      'call:accept': { ok: true, v: 2, iceServers: [], signals: [SIGNAL] },
    });
    await run(prepare, answer);
    expect(done.slice(2)).toEqual(['answer', ACCEPT, 'open audio', 'startAnswer', 'handleSignal']);
    expect(happened).toEqual([{ kind: 'accepted', callId, v: 2 }]);
  });

  it('does not wait for the server where ICE needs no credentials', async () => {
    const { run, done } = setUp({ 'call:accept': { ok: true, v: 2, iceServers: [], signals: [SIGNAL] } }, []);
    await run(prepare, answer);
    expect(done.slice(2)).toEqual(['answer', ACCEPT, 'startAnswer', 'open audio', 'handleSignal']);
  });

  it('does not fail for a signal that does not fit', async () => {
    const { run, happened, fail } = setUp({
      'call:accept': { ok: true, v: 2, iceServers: [], signals: [SIGNAL] },
    });
    fail('handleSignal');
    await run(prepare, answer);
    expect(happened).toEqual([{ kind: 'accepted', callId, v: 2 }]);
  });

  it('tells that another phone was faster', async () => {
    const { run, happened, done } = setUp({ 'call:accept': refuse('answered-elsewhere') });
    await run(prepare, answer);
    expect(happened).toEqual([{ kind: 'accept-refused', callId, code: 'answered-elsewhere' }]);
    expect(done).not.toContain('startAnswer');
  });

  it('opens nothing for an offer that cannot be answered', async () => {
    const { run, happened, done, fail } = setUp();
    fail('answer');
    await run(prepare, answer);
    expect(happened).toEqual([{ kind: 'setup-failed', callId, cause: 'media-failed' }]);
    expect(done).not.toContain('open audio');
  });
});

describe('a running call', () => {
  const callUp = async (answers: Record<string, unknown> = {}) => {
    const phone = setUp({ 'call:invite': { ok: true, v: 1, iceServers: [] }, ...answers });
    await phone.run(place);
    phone.done.length = 0;
    phone.happened.length = 0;
    return phone;
  };

  it('takes the answer, and fails if it cannot', async () => {
    const { run, done, fail, happened } = await callUp();
    await run({ kind: 'connect', callId, answer: 'sdp' });
    expect(done).toEqual(['applyAnswer sdp']);
    fail('applyAnswer sdp');
    await run({ kind: 'connect', callId, answer: 'sdp' });
    expect(happened).toEqual([{ kind: 'setup-failed', callId, cause: 'media-failed' }]);
  });

  it('survives a restart of ICE that fails', async () => {
    const { run, fail, happened } = await callUp();
    fail('restartIce');
    await run({ kind: 'restart-ice', callId, because: 'silence' });
    expect(happened).toEqual([]);
  });

  it('resumes: asks how it stands, and sends its signals again while connecting', async () => {
    const state = { callId, v: 3, state: 'connecting' } as const;
    const { run, done, happened } = await callUp({ 'call:resume': { ok: true, ...state } });
    await run({ kind: 'resume', callId });
    expect(happened).toEqual([{ kind: 'state', state }]);
    expect(done.at(-1)).toBe('repeatSignals');
  });

  it('learns that the server does not know it', async () => {
    const { run, happened } = await callUp({ 'call:resume': refuse('unknown-call') });
    await run({ kind: 'resume', callId });
    expect(happened).toEqual([{ kind: 'unknown', callId }]);
  });

  it('tells the other phone and the server when it ends, also when it is released right after', async () => {
    const { run, done } = await callUp();
    await run({ kind: 'send-end', callId, cause: 'connection-lost', lasted: 7 }, release);
    expect(done).toEqual([
      'hang up connection-lost',
      `request call:end ${JSON.stringify({ callId, cause: 'connection-lost', lasted: 7 })}`,
      'release',
    ]);
  });
});

it('asks no server when nobody is signed in', async () => {
  const open = vi.fn();
  const effects = new CallEffects({
    links: { open, find: () => undefined, release: vi.fn() },
    signaling: () => null,
    dispatch: vi.fn(),
  });
  effects.run({ kind: 'confirm', callId });
  effects.run({ kind: 'send-end', callId });
  effects.run(answer);
  await Promise.resolve();
  expect(open).not.toHaveBeenCalled();
});

describe('a hand-over', () => {
  const lineId = '60000000-0000-4000-8000-000000000000';
  const handOver: Effect = { kind: 'hand-over', callId, lineId };
  const MOVE = `request call:move ${JSON.stringify({ callId, lineId, offer: 'the offer' })}`;

  it('asks the server, gathers when the other side is told, and opens what was on at the other phone', async () => {
    const answered = { ok: true, v: 4, iceServers: [], connectedFor: 60, microphone: false, camera: true };
    const { run, done, happened } = setUp({ 'call:move': answered });
    await run(handOver);
    expect(done).toEqual(['link caller', 'prepareOffer', MOVE, 'startOffer', 'open only false true']);
    expect(happened).toEqual([{ kind: 'taken', callId, v: 4, connectedFor: 60 }]);
  });

  it('tells why it cannot be', async () => {
    const { run, happened } = setUp({ 'call:move': refuse('answered-elsewhere') });
    await run(handOver);
    expect(happened).toEqual([{ kind: 'accept-refused', callId, code: 'answered-elsewhere' }]);
  });

  it('answers beside the connection there is, which a failure does not touch', async () => {
    const { run, done, happened, fail } = setUp();
    await run({ kind: 'prepare', callId, offer: 'first' });
    const nextLink: Effect = { kind: 'answer-next-link', callId, lineId, offer: 'next', iceServers: [] };
    await run(nextLink, { kind: 'switch-link', callId }, { kind: 'drop-next-link', callId });
    expect(done.slice(-3)).toEqual([`succeed ${lineId} next`, 'switch over', 'drop nextLink']);
    fail(`succeed ${lineId} next`);
    await run(nextLink);
    expect(happened).toEqual([]);
  });
});
