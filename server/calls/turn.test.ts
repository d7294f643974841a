import { createHmac, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../protocol/account/account.ts';
import type { IceServers } from '../../protocol/calls/call.ts';
import { testCandidate, testSdp } from '../../testkit/server/descriptions.ts';
import type { Phone } from '../../testkit/server/phone.ts';
import { startTestServer, type TestServer } from '../../testkit/server/start-test-server.ts';

const SECRET = 'known-to-two-servers-only';
const STUN = { urls: ['stun:stun.example'] };
const URLS = ['turn:turn.example?transport=udp', 'turns:turn.example'];
const RELAY = { stunUrls: STUN.urls, turn: { urls: URLS, secret: SECRET } };

let server: TestServer;
let phones: Record<'ada' | 'adas' | 'bob' | 'bobs' | 'eve', Phone>;
let bob: SignedIn;
const given: string[] = [];

const start = async (config = {}): Promise<void> => {
  server = await startTestServer({ config: { ...RELAY, ...config } });
  const ada = await server.signUp('ada');
  bob = await server.signUp('bob');
  phones = {
    ada: await server.phone(ada),
    adas: await server.phone(await server.signIn('ada')),
    bob: await server.phone(bob),
    bobs: await server.phone(await server.signIn('bob')),
    eve: await server.phone(await server.signUp('eve')),
  };
};
beforeEach(() => {
  given.length = 0;
});
afterEach(() => server.stop());

const nameOf = (username: string): string | undefined => username.split(':')[1];

/** Checks the relay's URLs, and credentials as a relay would. */
const expectOwn = (iceServers: IceServers | undefined): void => {
  expect(iceServers).toEqual([
    STUN,
    {
      urls: URLS,
      username: expect.stringMatching(/^\d{10}:[\w-]{16}$/) as string,
      credential: expect.any(String) as string,
      expiresIn: 12 * 3_600_000,
    },
  ]);
  const { username = '', credential } = iceServers?.[1] ?? {};
  expect(createHmac('sha1', SECRET).update(username).digest('base64')).toBe(credential);
  expect(Number(username.split(':')[0]) - Date.now() / 1000).toBeCloseTo(12 * 3600, -2);
  given.push(username);
};

const callId = randomUUID();
const invite = () =>
  phones.ada.request('call:invite', { callId, to: bob.account.userId, media: 'audio', offer: testSdp() });
const ask = (phone: Phone) => phone.request('call:ice-servers', { callId });
const iceServersOf = (answer: object): IceServers | undefined =>
  'iceServers' in answer ? (answer.iceServers as IceServers) : undefined;

describe('credentials for the relay', () => {
  it('come with an invite, an accept and a move, to the phones that the call is bound to', async () => {
    await start();
    const { ada, adas, bob: bobsPhone, bobs, eve } = phones;
    expectOwn(iceServersOf(await invite()));
    const incoming = await bobsPhone.next('call:incoming');
    expect(JSON.stringify(incoming)).not.toContain('turn');
    for (const [phone, code] of [
      [bobsPhone, 'wrong-state'],
      [bobs, 'wrong-state'],
      [eve, 'unknown-call'],
    ] as const) {
      expect(await ask(phone)).toEqual({ ok: false, code });
    }
    expectOwn(iceServersOf(await ask(ada)));
    expectOwn(iceServersOf(await bobsPhone.request('call:accept', { callId, answer: testSdp() })));
    expect(await bobs.request('call:accept', { callId, answer: testSdp() })).toEqual({
      ok: false,
      code: 'answered-elsewhere',
    });
    for (const phone of [bobs, adas]) {
      expect(await ask(phone)).toEqual({ ok: false, code: 'answered-elsewhere' });
    }
    for (const phone of [ada, bobsPhone]) expectOwn(iceServersOf(await ask(phone)));

    // Ada twice, Bob, then each of them: the relay's quota counts by person.
    const [adasName, again, bobsName, ...more] = given.map(nameOf);
    expect([again, ...more]).toEqual([adasName, adasName, bobsName]);
    expect(bobsName).not.toBe(adasName);

    await ada.request('call:connected', { callId });
    const move = { callId, lineId: randomUUID(), offer: testSdp() };
    expectOwn(iceServersOf(await adas.request('call:move', move)));
    expectOwn((await bobsPhone.next('call:moving')).iceServers);
    expectOwn(iceServersOf(await ask(adas)));

    await ada.request('call:end', { callId });
    await bobsPhone.request('call:end', { callId });
    for (const phone of [ada, bobsPhone]) expect(await ask(phone)).toEqual({ ok: false, code: 'call-ended' });
  });

  it('are not in what a phone is told without a call, or with one that is refused', async () => {
    await start();
    for (const phone of Object.values(phones)) {
      expect(phone.all('session:ready')[0]?.iceServers).toBeNull();
    }
    await phones.bob.request('presence:set', { status: 'do-not-disturb' });
    expect(await invite()).toEqual({ ok: false, code: 'do-not-disturb' });
    expect(await ask(phones.ada)).toMatchObject({ ok: false });
    expect(JSON.stringify(Object.values(phones).flatMap(({ heard }) => heard))).not.toContain('turn:');
  });

  it('come with the offer of a test call, and with no other step', async () => {
    await start();
    const step = { kind: 'answer', answer: testSdp() } as const;
    expectOwn(iceServersOf(await phones.ada.request('call:test', { kind: 'offer', offer: testSdp() })));
    expect(await phones.ada.request('call:test', step)).toEqual({ ok: true });
  });

  it('are never logged', async () => {
    await start();
    expectOwn(iceServersOf(await invite()));
    expectOwn(iceServersOf(await phones.bob.request('call:accept', { callId, answer: testSdp() })));
    expectOwn(iceServersOf(await ask(phones.ada)));
    await phones.ada.request('call:end', { callId });
    await server.stop();
    const log = server.logged.join('');
    expect(log).toContain('call');
    for (const secret of [SECRET, 'turn.example', ...given]) expect(log).not.toContain(secret);
  });
});

describe('where every address is hidden', () => {
  const [host, relayed] = [
    testCandidate('198.51.100.23'),
    testCandidate('203.0.113.9').replace('typ host', 'typ relay'),
  ];
  const signal = (candidates: string[], seq = 0) => ({
    kind: 'candidates' as const,
    seq,
    ufrag: 'abcd',
    candidates: candidates.map((candidate) => ({ candidate, sdpMid: '0', sdpMLineIndex: 0 })),
  });

  it.each([
    ['always', [relayed]],
    ['choice', [host, relayed]],
  ] as const)('HIDE_ADDRESSES=%s', async (hideAddresses, passed) => {
    await start({ hideAddresses });
    await invite();
    await phones.ada.request('call:signal', { callId, signal: signal([host, relayed]) });
    const answer = `${testSdp()}a=${host}\r\n`;
    const accepted = await phones.bob.request('call:accept', { callId, answer });
    expect(accepted).toMatchObject({ ok: true, signals: [signal([...passed])] });
    const told = await phones.ada.next('call:state', ({ state }) => state === 'connecting');
    expect(JSON.stringify(told).includes(host)).toBe(hideAddresses === 'choice');
    expect(await phones.bob.request('call:signal', { callId, signal: signal([host]) })).toEqual({ ok: true });
    await phones.bob.request('call:signal', { callId, signal: signal([relayed], 1) });
    expect((await phones.ada.next('call:signal')).signal).toEqual(
      hideAddresses === 'always' ? signal([relayed], 1) : signal([host]),
    );
  });
});
