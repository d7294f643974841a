import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../protocol/account.ts';
import { testSdp } from '../testing/descriptions.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import type { Phone } from '../testing/phone.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

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

/** Rings until it rings at the other side, too. */
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

  it('is answered by whoever dials them while they ring, as ever', async () => {
    await ringInVain(adas, bob, bobs, 3);
    const callId = await ring(bobs, ada, adas);
    expect(await invite(adas, bob)).toMatchObject({ ok: false, code: 'glare', callId });
  });

  it('is asked again about the third call when its answer was lost', async () => {
    await ringInVain(adas, bob, bobs, 2);
    const callId = await ring(adas, bob, bobs);
    expect(await invite(adas, bob, callId)).toMatchObject({ ok: true });
    await end(adas, callId);
    expect(await invite(adas, bob, callId)).toEqual({ ok: false, code: 'call-ended' });
    await expectPause(invite(adas, bob));
  });
});

describe('what is no unanswered ring', () => {
  it('is one that is declined', async () => {
    for (let i = 0; i < 5; i += 1) await end(bobs, await ring(adas, bob, bobs));
    await ringInVain(adas, bob, bobs, 3);
    await expectPause(invite(adas, bob));
  });

  it('is an invite that is refused, as long as it is', async () => {
    await bobs.request('presence:set', { status: 'do-not-disturb' });
    for (let i = 0; i < 5; i += 1) {
      expect(await invite(adas, bob)).toMatchObject({ code: 'do-not-disturb' });
      expect(await invite(adas, { ...bob, account: { ...bob.account, userId: randomUUID() } })).toMatchObject(
        { code: 'not-allowed' },
      );
    }
    await bobs.request('presence:set', { status: 'available' });
    await ringInVain(adas, bob, bobs, 3);
  });

  it('is one that ends because the callee takes another call', async () => {
    const cyril = await server.signUp('cyril');
    const cyrils = await server.phone(cyril);
    for (let i = 0; i < 4; i += 1) {
      const callId = await ring(adas, bob, bobs);
      await talk(cyrils, bob, bobs);
      expect(
        await adas.next('call:state', (state) => state.callId === callId && state.state === 'ended'),
      ).toMatchObject({ reason: 'busy' });
    }
  });
});

it('tells somebody who is blocked what it tells everybody', async () => {
  await ringInVain(adas, bob, bobs, 3);
  await bobs.request('contact:block', { userId: ada.account.userId });
  await expectPause(invite(adas, bob));
});
