import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Signal } from '../../protocol/calls/signal.ts';
import { testCandidate, testSdp } from '../../testkit/server/descriptions.ts';
import type { Phone } from '../../testkit/server/phone.ts';
import { startTestServer, type TestServer } from '../../testkit/server/start-test-server.ts';
import { until } from '../../testkit/server/until.ts';

const candidates = (seq: number): Signal => ({
  kind: 'candidates',
  seq,
  ufrag: 'abcd',
  candidates: [{ candidate: testCandidate(), sdpMid: '0', sdpMLineIndex: 0 }],
});
const description = (seq: number): Signal => ({
  kind: 'description',
  seq,
  ufrag: 'abcd',
  description: { type: 'offer', sdp: testSdp('offer') },
});

let server: TestServer;
let adas: Phone;
let bobs: Phone;
let callId: string;

beforeEach(async () => {
  server = await startTestServer({ config: { rateLimitFactor: 1 } });
  const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
  [adas, bobs] = [await server.phone(ada), await server.phone(bob)];
  callId = randomUUID();
  const to = bob.account.userId;
  await adas.request('call:invite', { callId, to, media: 'audio', offer: testSdp('offer') });
  await bobs.request('call:accept', { callId, answer: testSdp('answer') });
  await bobs.request('call:connected', { callId });
});
afterEach(() => server.stop());

/** Sends signals all at once, and returns how many are passed on. The others must be refused with a time to wait. */
const through = async (from: Phone, count: number, signal: (seq: number) => Signal): Promise<number> => {
  const sent = Array.from({ length: count }, (_, seq) =>
    from.request('call:signal', { callId, signal: signal(seq) }),
  );
  const answers = await Promise.all(sent);
  const refused = answers.filter(({ ok }) => !ok);
  for (const refusal of refused) {
    expect(refusal).toEqual({ ok: false, code: 'rate-limited', retryAfter: expect.any(Number) as number });
  }
  return count - refused.length;
};

it('a phone may send 300 signals about one call in a minute and no more, and can always hang up', async () => {
  expect(await through(adas, 310, candidates)).toBe(300);
  await until('all that was taken has arrived', () => bobs.all('call:signal').length >= 300);
  expect(bobs.all('call:signal')).toHaveLength(300);
  expect(await adas.request('call:resume', { callId })).toMatchObject({ code: 'rate-limited' });
  // The other side has not sent anything yet.
  expect(await through(bobs, 10, candidates)).toBe(10);
  expect(await adas.request('call:end', { callId })).toMatchObject({ ok: true });
  expect((await bobs.next('call:state', ({ state }) => state === 'ended')).callId).toBe(callId);
});

it('a phone may send fewer descriptions than candidates', async () => {
  expect(await through(adas, 70, description)).toBe(60);
  expect(await through(adas, 10, candidates)).toBe(10);
});
