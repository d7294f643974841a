import { afterEach, beforeEach, expect, it } from 'vitest';
import { testCandidate, testSdp } from '../../testkit/server/descriptions.ts';
import type { Phone } from '../../testkit/server/phone.ts';
import { startTestServer, type TestServer } from '../../testkit/server/start-test-server.ts';

const turn = { urls: ['turn:turn.example'], secret: 'known-to-two-servers-only' };

let server: TestServer;
let phones: Record<'desk' | 'laptop' | 'bob', Phone>;
beforeEach(async () => {
  server = await startTestServer({ config: { rateLimitFactor: 1, turn } });
  phones = {
    desk: await server.phone(await server.signUp('ada')),
    laptop: await server.phone(await server.signIn('ada')),
    bob: await server.phone(await server.signUp('bob')),
  };
});
afterEach(() => server.stop());

/** Whether a test call was given credentials for the relay. */
const test = async (phone: Phone): Promise<boolean> => {
  const answer = await phone.request('call:test', { kind: 'offer', offer: testSdp() });
  if (answer.ok) expect(answer.iceServers).toHaveLength(1);
  else expect(answer).toEqual({ ok: false, code: 'rate-limited', retryAfter: expect.any(Number) as number });
  return answer.ok;
};

it('an account gets relay credentials without a call only so often, over all its phones', async () => {
  const given = await Promise.all(
    Array.from({ length: 400 }, (_, i) => test(i % 2 === 0 ? phones.desk : phones.laptop)),
  );
  expect(given.filter(Boolean)).toHaveLength(20);
  expect(await test(phones.bob)).toBe(true);
  // A test that has begun goes on.
  const signal = {
    kind: 'candidates' as const,
    seq: 0,
    ufrag: 'abcd',
    candidates: [{ candidate: testCandidate(), sdpMid: '0', sdpMLineIndex: 0 }],
  };
  const step = { kind: 'signal', from: 'caller', signal } as const;
  expect(await phones.desk.request('call:test', step)).toEqual({ ok: true });
});

it('new credentials for a running call count towards the same limit', async () => {
  const callId = crypto.randomUUID();
  const to = (phones.bob.all('session:ready')[0]?.account ?? { userId: '' }).userId;
  await phones.desk.request('call:invite', { callId, to, media: 'audio', offer: testSdp() });
  for (let i = 0; i < 19; i += 1) expect(await test(phones.desk)).toBe(true);
  expect(await phones.desk.request('call:ice-servers', { callId })).toMatchObject({ ok: true });
  expect(await phones.desk.request('call:ice-servers', { callId })).toMatchObject({ code: 'rate-limited' });
  expect(await test(phones.laptop)).toBe(false);
});
