import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../protocol/account/account.ts';
import { isMissed } from '../../protocol/history/is-missed.ts';
import { testSdp } from '../../testkit/server/descriptions.ts';
import { createFakeClock } from '../../testkit/server/fake-clock.ts';
import type { Phone } from '../../testkit/server/phone.ts';
import { startTestServer, type TestServer } from '../../testkit/server/start-test-server.ts';

const clock = createFakeClock();
let server: TestServer;
let ada: SignedIn;
let bob: SignedIn;
let adas: Phone;
let bobs: Phone;

beforeEach(async () => {
  server = await startTestServer({ clock, config: { rateLimitFactor: 1 } });
  [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
  [adas, bobs] = [await server.phone(ada), await server.phone(bob)];
});
afterEach(() => server.stop());

const offer = testSdp('offer');
const invite = (from: Phone, to: SignedIn, callId: string = randomUUID()) =>
  from.request('call:invite', { callId, to: to.account.userId, media: 'audio', offer });

/** Places a call, and waits until the callee's phone rings. */
const ring = async (from: Phone, to: SignedIn, there: Phone): Promise<string> => {
  const callId = randomUUID();
  expect(await invite(from, to, callId)).toMatchObject({ ok: true });
  await there.next('call:incoming', (incoming) => incoming.callId === callId);
  await there.request('call:ringing', { callId });
  return callId;
};
const end = async (phone: Phone, callId: string) => {
  expect(await phone.request('call:end', { callId })).toMatchObject({ ok: true });
};
const ringInVain = async (from: Phone, to: SignedIn, there: Phone, times: number) => {
  for (let i = 0; i < times; i += 1) await end(from, await ring(from, to, there));
};
const talk = async (from: Phone, to: SignedIn, there: Phone) => {
  const callId = await ring(from, to, there);
  expect(await there.request('call:accept', { callId, answer: testSdp('answer') })).toMatchObject({
    ok: true,
  });
  await end(there, callId);
};

const expectPause = async (answer: Promise<unknown>) => {
  const refusal = { ok: false, code: 'rate-limited', retryAfter: expect.any(Number) as number };
  const told = await answer;
  expect(told).toEqual(refusal);
  const { retryAfter } = told as typeof refusal;
  expect(retryAfter).toBeGreaterThan(570);
  expect(retryAfter).toBeLessThanOrEqual(600);
};

describe('somebody who does not answer', () => {
  it('is rung three times in ten minutes, and then left in peace', async () => {
    await ringInVain(adas, bob, bobs, 2);
    // Not answering at all, and the caller giving up, are the same.
    const callId = await ring(adas, bob, bobs);
    clock.advance(45_000);
    const reason = 'no-answer';
    expect(
      await adas.next('call:state', (told) => told.callId === callId && told.state === 'ended'),
    ).toMatchObject({ reason });
    const rung = bobs.all('call:incoming').length;
    await expectPause(invite(adas, bob));
    await expectPause(invite(adas, bob));
    expect(bobs.all('call:incoming')).toHaveLength(rung);
  });

  it('is left in peace by all devices of one person, and by nobody else', async () => {
    await ringInVain(adas, bob, bobs, 3);
    const laptop = await server.phone(await server.signIn('ada'));
    await expectPause(invite(laptop, bob));
    const cyril = await server.signUp('cyril');
    await ring(await server.phone(cyril), bob, bobs);
  });

  it('may ring back, and once they have talked both are free to ring again', async () => {
    await ringInVain(adas, bob, bobs, 3);
    await ringInVain(bobs, ada, adas, 2);
    await talk(bobs, ada, adas);
    await ringInVain(adas, bob, bobs, 3);
    await ringInVain(bobs, ada, adas, 3);
    await expectPause(invite(adas, bob));
    await expectPause(invite(bobs, ada));
  });

  it('still becomes a call when the callee dials the caller while it rings', async () => {
    await ringInVain(adas, bob, bobs, 3);
    const callId = await ring(bobs, ada, adas);
    expect(await invite(adas, bob)).toMatchObject({ ok: false, code: 'glare', callId });
  });

  it('is not rung once more when the third invite is repeated because its answer was lost', async () => {
    await ringInVain(adas, bob, bobs, 2);
    const callId = await ring(adas, bob, bobs);
    expect(await invite(adas, bob, callId)).toMatchObject({ ok: true });
    await end(adas, callId);
    expect(await invite(adas, bob, callId)).toEqual({ ok: false, code: 'call-ended' });
    await expectPause(invite(adas, bob));
  });
});

/** Invites until there is a pause, and returns the answers to the invites before it. */
const untilPause = async (from: Phone, to: SignedIn): Promise<string[]> => {
  const told: string[] = [];
  for (let times = 0; times < 30; times += 1) {
    const answer = await invite(from, to);
    if (!answer.ok && answer.code === 'rate-limited') break;
    told.push(answer.ok ? 'rings' : answer.code);
  }
  return told;
};
const missed = async (of: SignedIn): Promise<number> =>
  (await server.store.history.page(of.account.userId, { limit: 100 })).entries.filter(isMissed).length;

describe('what an invite leaves with the callee', () => {
  it.each<[string, () => unknown]>([
    [
      'is offline',
      () => {
        bobs.close();
      },
    ],
    ['appears offline', () => bobs.request('presence:set', { status: 'appear-offline' })],
    ['must not be disturbed', () => bobs.request('presence:set', { status: 'do-not-disturb' })],
  ])('counts where the callee %s, and more than three leave nothing', async (_how, become) => {
    await become();
    expect(await untilPause(adas, bob)).toHaveLength(3);
    await expectPause(invite(adas, bob));
    expect(await missed(bob)).toBe(3);
  });

  it('counts where they are in a call', async () => {
    const cyrils = await server.phone(await server.signUp('cyril'));
    const callId = await ring(cyrils, bob, bobs);
    await bobs.request('call:accept', { callId, answer: testSdp('answer') });
    expect(await untilPause(adas, bob)).toEqual(['busy', 'busy', 'busy']);
    expect(await missed(bob)).toBe(3);
  });

  it('counts three of many at once, and the others leave nothing', async () => {
    // Dora was never connected, because the server needs a moment to notice that somebody has gone.
    const dora = await server.signUp('dora');
    const answers = await Promise.all(Array.from({ length: 12 }, () => invite(adas, dora)));
    expect(answers.filter((answer) => !answer.ok && answer.code === 'rate-limited')).toHaveLength(9);
    expect(await missed(dora)).toBe(3);
  });

  it('counts where the callee takes another call meanwhile', async () => {
    const cyril = await server.signUp('cyril');
    const cyrils = await server.phone(cyril);
    for (let i = 0; i < 3; i += 1) {
      const callId = await ring(adas, bob, bobs);
      await talk(cyrils, bob, bobs);
      expect(
        await adas.next('call:state', (state) => state.callId === callId && state.state === 'ended'),
      ).toMatchObject({ reason: 'busy' });
    }
    await expectPause(invite(adas, bob));
  });

  it('counts where they decline', async () => {
    for (let i = 0; i < 3; i += 1) await end(bobs, await ring(adas, bob, bobs));
    await expectPause(invite(adas, bob));
  });
});

describe('an invite that leaves nothing', () => {
  it('does not count where the two are no contacts, or one calls oneself', async () => {
    const nobody = { ...bob, account: { ...bob.account, userId: randomUUID() } };
    for (let i = 0; i < 5; i += 1) {
      expect(await invite(adas, nobody)).toMatchObject({ code: 'not-allowed' });
      expect(await invite(adas, ada)).toMatchObject({ code: 'not-allowed' });
    }
    await ringInVain(adas, bob, bobs, 3);
  });

  it('does not count while another phone of the caller is in a call', async () => {
    const cyrils = await server.phone(await server.signUp('cyril'));
    const callId = await ring(cyrils, ada, adas);
    await adas.request('call:accept', { callId, answer: testSdp('answer') });
    const laptop = await server.phone(await server.signIn('ada'));
    for (let i = 0; i < 5; i += 1) {
      expect(await invite(laptop, bob)).toMatchObject({ code: 'in-another-call' });
    }
    await end(adas, callId);
    await ringInVain(adas, bob, bobs, 3);
  });

  it('does not count when it is repeated', async () => {
    const dora = await server.signUp('dora');
    const callId = randomUUID();
    for (let i = 0; i < 5; i += 1) {
      expect(await invite(adas, dora, callId)).toMatchObject({ code: 'unreachable' });
    }
    expect(await untilPause(adas, dora)).toEqual(['unreachable', 'unreachable']);
  });
});

it('tells somebody who is blocked what it tells everybody', async () => {
  await ringInVain(adas, bob, bobs, 3);
  await bobs.request('contact:block', { userId: ada.account.userId });
  await expectPause(invite(adas, bob));
  // From the first call on it is like calling somebody who is not there; and the callee finds no trace.
  const cyril = await server.signUp('cyril');
  const cyrils = await server.phone(cyril);
  await bobs.request('contact:block', { userId: cyril.account.userId });
  expect(await untilPause(cyrils, bob)).toEqual(['unreachable', 'unreachable', 'unreachable']);
  await expectPause(invite(cyrils, bob));
  expect(await missed(bob)).toBe(3);
});
