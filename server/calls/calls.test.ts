import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../protocol/account/account.ts';
import type { Signal } from '../../protocol/calls/signal.ts';
import { ringingRecord } from '../../testkit/server/call-records.ts';
import { testCandidate, testSdp } from '../../testkit/server/descriptions.ts';
import { createFakeClock } from '../../testkit/server/fake-clock.ts';
import type { Phone } from '../../testkit/server/phone.ts';
import { startTestServer, type TestServer } from '../../testkit/server/start-test-server.ts';
import { testDatabase } from '../../testkit/server/test-database.ts';

const candidates = (seq: number): Signal => ({
  kind: 'candidates',
  seq,
  ufrag: 'abcd',
  candidates: [{ candidate: testCandidate(), sdpMid: '0', sdpMLineIndex: 0 }],
});

describe('calls over real sockets', () => {
  const clock = createFakeClock();
  let server: TestServer;
  let ada: SignedIn;
  let bob: SignedIn;
  let cy: SignedIn;
  let adaDesk: Phone;
  let bobDesk: Phone;
  let bobLaptop: Phone;
  let cyDesk: Phone;

  beforeEach(async () => {
    server = await startTestServer({ clock });
    [ada, bob, cy] = [await server.signUp('ada'), await server.signUp('bob'), await server.signUp('cyril')];
    adaDesk = await server.phone(ada);
    bobDesk = await server.phone(bob);
    bobLaptop = await server.phone(await server.signIn('bob'));
    cyDesk = await server.phone(cy);
  });

  afterEach(async () => {
    for (const phone of [adaDesk, bobDesk, bobLaptop, cyDesk]) expect(phone.violations).toEqual([]);
    await server.stop();
  });

  const dial = async (from: Phone, to: SignedIn, callId = randomUUID()): Promise<string> => {
    const ack = await from.request('call:invite', {
      callId,
      to: to.account.userId,
      media: 'video',
      offer: testSdp('offer'),
    });
    expect(ack).toMatchObject({ ok: true });
    return callId;
  };
  const accept = (phone: Phone, callId: string) =>
    phone.request('call:accept', { callId, answer: testSdp('answer') });

  it('rings on every phone, binds the first that accepts, and stops the others', async () => {
    const callId = await dial(adaDesk, bob);
    for (const phone of [bobDesk, bobLaptop]) {
      const incoming = await phone.next('call:incoming');
      expect(incoming).toMatchObject({
        callId,
        media: 'video',
        from: { username: 'ada' },
        expiresIn: 45_000,
      });
      await phone.request('call:ringing', { callId });
    }
    expect(await adaDesk.next('call:state')).toMatchObject({ state: 'ringing', alerting: true });
    expect(await accept(bobLaptop, callId)).toMatchObject({ ok: true });
    expect(await accept(bobDesk, callId)).toEqual({ ok: false, code: 'answered-elsewhere' });
    expect(await bobDesk.next('call:state')).toMatchObject({ state: 'ended', reason: 'answered-elsewhere' });
    expect(await adaDesk.next('call:state')).toMatchObject({
      state: 'connecting',
      answer: testSdp('answer'),
    });
    expect(await adaDesk.request('call:connected', { callId })).toMatchObject({ ok: true });
    // Changes that follow one another closely are merged.
    clock.advance(250);
    expect(await cyDesk.next('presence:changed', ({ status }) => status === 'in-call')).toBeDefined();
    await bobLaptop.request('call:end', { callId });
    expect(await adaDesk.next('call:state', ({ state }) => state === 'ended')).toMatchObject({
      reason: 'hung-up',
    });
  });

  it("keeps the caller's candidates until Accept, then passes signals on between the two bound phones", async () => {
    const callId = await dial(adaDesk, bob);
    await adaDesk.request('call:signal', { callId, signal: candidates(0) });
    const accepted = await accept(bobDesk, callId);
    expect(accepted).toMatchObject({ ok: true, signals: [candidates(0)] });
    expect(bobDesk.all('call:signal')).toEqual([]);
    await bobDesk.request('call:signal', { callId, signal: candidates(0) });
    expect(await adaDesk.next('call:signal')).toEqual({ callId, signal: candidates(0) });
    await adaDesk.request('call:signal', { callId, signal: candidates(1) });
    expect(await bobDesk.next('call:signal')).toEqual({ callId, signal: candidates(1) });
    expect(bobLaptop.all('call:signal')).toEqual([]);
  });

  it('refuses a third account, the phone that lost, and the id of an ended call', async () => {
    const callId = await dial(adaDesk, bob);
    await accept(bobDesk, callId);
    const everything = async (phone: Phone): Promise<unknown[]> => [
      await phone.request('call:ringing', { callId }),
      await accept(phone, callId),
      await phone.request('call:signal', { callId, signal: candidates(9) }),
      await phone.request('call:connected', { callId }),
      await phone.request('call:end', { callId }),
      await phone.request('call:resume', { callId }),
    ];
    expect(await everything(cyDesk)).toEqual(Array(6).fill({ ok: false, code: 'unknown-call' }));
    const lost = await everything(bobLaptop);
    expect(lost.slice(1, 5)).toEqual(Array(4).fill({ ok: false, code: 'answered-elsewhere' }));
    expect(lost[5]).toMatchObject({ ok: true, state: 'ended', reason: 'answered-elsewhere' });
    expect(adaDesk.all('call:signal')).toEqual([]);

    await bobDesk.request('call:end', { callId });
    const late = await everything(bobDesk);
    expect(late.slice(0, 4)).toEqual(Array(4).fill({ ok: false, code: 'call-ended' }));
    expect(late[5]).toMatchObject({ ok: true, state: 'ended', reason: 'hung-up' });
  });

  it('stamps the sender, whatever a client says of itself', async () => {
    const invite = { callId: randomUUID(), to: bob.account.userId, media: 'audio', offer: testSdp() };
    const forged = await adaDesk.raw('call:invite', { ...invite, from: cy.account });
    expect(forged).toEqual({ ok: false, code: 'bad-request' });
    await adaDesk.raw('call:invite', invite);
    expect((await bobDesk.next('call:incoming')).from).toEqual({
      userId: ada.account.userId,
      username: 'ada',
      displayName: 'Ada',
    });
  });

  it('refuses a call to somebody in a call as busy, to oneself or a stranger as not allowed, to the absent as unreachable', async () => {
    await accept(bobDesk, await dial(adaDesk, bob));
    const invite = (to: string) =>
      cyDesk.request('call:invite', { callId: randomUUID(), to, media: 'audio', offer: testSdp() });
    expect(await invite(bob.account.userId)).toEqual({ ok: false, code: 'busy' });
    expect(await invite(cy.account.userId)).toEqual({ ok: false, code: 'not-allowed' });
    expect(await invite(randomUUID())).toEqual({ ok: false, code: 'not-allowed' });
    const dora = await server.signUp('dora');
    expect(await invite(dora.account.userId)).toEqual({ ok: false, code: 'unreachable' });
  });

  it('joins two people who dial each other at the same moment', async () => {
    const callId = await dial(adaDesk, bob);
    const second = {
      callId: randomUUID(),
      to: ada.account.userId,
      media: 'audio' as const,
      offer: testSdp(),
    };
    const crossing = await bobDesk.request('call:invite', second);
    expect(crossing).toEqual({ ok: false, code: 'glare', callId, offer: testSdp('offer'), media: 'video' });
    expect(adaDesk.all('call:incoming')).toEqual([]);
    expect(await accept(bobDesk, callId)).toMatchObject({ ok: true });
  });

  it('ends ringing by itself, on every phone and in the record', async () => {
    const callId = await dial(adaDesk, bob);
    clock.advance(45_000);
    for (const phone of [adaDesk, bobDesk, bobLaptop]) {
      expect(await phone.next('call:state', ({ state }) => state === 'ended')).toMatchObject({
        callId,
        reason: 'no-answer',
      });
    }
    // Phones are told first.
    await expect
      .poll(() => server.store.calls.recent(0))
      .toMatchObject([{ callId, state: 'ended', reason: 'no-answer' }]);
  });

  it('ends ringing five seconds after the caller vanished, and leaves a missed call', async () => {
    const callId = await dial(adaDesk, bob);
    await bobDesk.next('call:incoming');
    adaDesk.cut();
    await expect.poll(() => server.logged.some((line) => line.includes('phone disconnected'))).toBe(true);
    clock.advance(5_000);
    for (const phone of [bobDesk, bobLaptop]) {
      expect(await phone.next('call:state', ({ state }) => state === 'ended')).toMatchObject({
        callId,
        reason: 'connection-lost',
      });
    }
    expect(await bobDesk.next('history:changed')).toMatchObject({ missed: { count: 1 } });
  });

  it('rings on for a caller who is back within five seconds', async () => {
    const callId = await dial(adaDesk, bob);
    adaDesk.cut();
    await expect.poll(() => server.logged.some((line) => line.includes('phone disconnected'))).toBe(true);
    const back = await server.phone(ada, { instanceId: adaDesk.instanceId, callId });
    clock.advance(10_000);
    expect(await accept(bobDesk, callId)).toMatchObject({ ok: true });
    expect(await back.next('call:state', ({ state }) => state === 'connecting')).toMatchObject({ callId });
  });

  it('tells a callee who has accepted, within five seconds, that the caller is gone', async () => {
    const callId = await dial(adaDesk, bob);
    adaDesk.cut();
    await expect.poll(() => server.logged.some((line) => line.includes('phone disconnected'))).toBe(true);
    expect(await accept(bobDesk, callId)).toMatchObject({ ok: true });
    clock.advance(5_000);
    expect(await bobDesk.next('call:state', ({ state }) => state === 'ended')).toMatchObject({
      callId,
      reason: 'connection-lost',
    });
  });

  it('ends a call that does not connect in time', async () => {
    const callId = await dial(adaDesk, bob);
    await accept(bobDesk, callId);
    clock.advance(30_000);
    expect(await bobDesk.next('call:state', ({ state }) => state === 'ended')).toMatchObject({
      reason: 'media-failed',
    });
  });

  it('rings on a phone that connects while the call rings', async () => {
    const callId = await dial(adaDesk, bob);
    clock.advance(5_000);
    const late = await server.phone(await server.signIn('bob'));
    expect(late.all('session:ready')[0]?.ringing).toMatchObject([{ callId, expiresIn: 40_000 }]);
  });

  it('keeps a call whose connection to the server breaks, and lets the same phone resume it', async () => {
    const callId = await dial(adaDesk, bob);
    await accept(bobDesk, callId);
    await adaDesk.request('call:connected', { callId });
    adaDesk.cut();
    const again = await server.phone(ada, { instanceId: adaDesk.instanceId, callId });
    expect(await again.request('call:resume', { callId })).toMatchObject({ ok: true, state: 'active' });
    expect(bobDesk.all('call:state').some(({ state }) => state === 'ended')).toBe(false);
    await again.request('call:end', { callId });
    expect(await bobDesk.next('call:state', ({ state }) => state === 'ended')).toMatchObject({
      reason: 'hung-up',
    });
  });

  it('dates the end of a call by the phone that could not report it in time, within what is possible', async () => {
    for (const { ended, expected } of [
      { ended: { lasted: 3_000 }, expected: { duration: 3_000, reason: 'hung-up' } },
      {
        ended: { lasted: 86_400_000, cause: 'connection-lost' },
        expected: { duration: 20_000, reason: 'connection-lost' },
      },
      { ended: {}, expected: { duration: 20_000, reason: 'hung-up' } },
    ] as const) {
      const callId = await dial(adaDesk, bob);
      await accept(bobDesk, callId);
      await adaDesk.request('call:connected', { callId });
      adaDesk.cut();
      clock.advance(20_000);
      adaDesk = await server.phone(ada, {
        instanceId: adaDesk.instanceId,
        auth: { ended: { callId, ...ended } },
      });
      expect(await bobDesk.next('call:state', ({ state }) => state === 'ended')).toMatchObject({
        callId,
        reason: expected.reason,
      });
      // The phone reports the end once more, to have it acknowledged.
      expect(await adaDesk.request('call:end', { callId, ...ended })).toMatchObject({ ok: true });
      const page = await bobDesk.request('history:page', { limit: 1 });
      expect(page).toMatchObject({ entries: [{ callId, ...expected }] });
    }
  });

  it('takes nobody’s word for the end of another’s call', async () => {
    const callId = await dial(adaDesk, bob);
    await accept(bobDesk, callId);
    await adaDesk.request('call:connected', { callId });
    const ended = { callId, lasted: 0 };
    cyDesk = await server.phone(cy, { auth: { ended } });
    await server.phone(await server.signIn('bob'), { auth: { ended } });
    expect(await bobDesk.request('call:resume', { callId })).toMatchObject({ ok: true, state: 'active' });
    expect(await cyDesk.request('call:sources', { callId, microphone: true, camera: true })).toEqual({
      ok: false,
      code: 'unknown-call',
    });
  });

  it('tells a phone that takes a call over which sources were on at the other one; unknown ones count as off', async () => {
    const callId = await dial(adaDesk, bob);
    await accept(bobDesk, callId);
    await adaDesk.request('call:connected', { callId });
    const take = async (sources: object): Promise<void> => {
      const lineId = randomUUID();
      const moving = await bobLaptop.request('call:move', { callId, lineId, offer: testSdp('offer') });
      expect(moving).toMatchObject({ ok: true, ...sources });
      await bobLaptop.request('call:end', { callId });
    };
    await take({ microphone: false, camera: false });
    await bobDesk.request('call:sources', { callId, microphone: true, camera: false });
    await adaDesk.request('call:sources', { callId, microphone: false, camera: true });
    await take({ microphone: true, camera: false });
    expect(await bobLaptop.request('call:sources', { callId, microphone: true, camera: true })).toEqual({
      ok: false,
      code: 'answered-elsewhere',
    });
    await take({ microphone: true, camera: false });
  });

  it('ends the call of a phone that starts anew, and of one that was signed out', async () => {
    const first = await dial(adaDesk, bob);
    await accept(bobDesk, first);
    await server.phone(ada);
    expect(await bobDesk.next('call:state', ({ state }) => state === 'ended')).toMatchObject({
      callId: first,
      reason: 'connection-lost',
    });
    const second = await dial(cyDesk, bob);
    await accept(bobDesk, second);
    await server.signOut(cy);
    expect(await bobDesk.next('call:state', ({ callId }) => callId === second)).toMatchObject({
      reason: 'hung-up',
    });
  });
});

describe('a server that was restarted', () => {
  it('ends the calls that rang, and knows those that ran', async () => {
    const clock = createFakeClock();
    const database = await testDatabase();
    const before = await startTestServer({ clock, database });
    const people = await Promise.all(['ada', 'bob', 'cyril', 'dora'].map((name) => before.signUp(name)));
    const phones = await Promise.all(people.map((who) => before.phone(who)));
    const invite = async (from: number, to: number): Promise<string> => {
      const callId = randomUUID();
      const target = people[to]?.account.userId ?? '';
      const offer = testSdp();
      await phones[from]?.request('call:invite', { callId, to: target, media: 'audio', offer });
      return callId;
    };
    const running = await invite(0, 1);
    await phones[1]?.request('call:accept', { callId: running, answer: testSdp() });
    await phones[0]?.request('call:connected', { callId: running });
    const ringing = await invite(2, 3);
    await before.stop();
    clock.advance(60_000);

    await using after = await startTestServer({ clock, database });
    const back = async (n: number, callId: string) => {
      const [who, old] = [people[n], phones[n]];
      if (!who || !old) throw new Error('nobody');
      const phone = await after.phone(who, { instanceId: old.instanceId, callId });
      return phone.request('call:resume', { callId });
    };
    expect(await back(0, running)).toMatchObject({ ok: true, state: 'active' });
    expect(await back(1, running)).toMatchObject({ ok: true, state: 'active' });
    expect(await back(2, ringing)).toMatchObject({ ok: true, state: 'ended', reason: 'server-error' });
  });

  it('puts nobody into two calls when the end of the earlier one was not kept', async () => {
    const database = await testDatabase();
    const before = await startTestServer({ database });
    const [ada, bob, cyril] = [
      await before.signUp('ada'),
      await before.signUp('bob'),
      await before.signUp('cyril'),
    ];
    const [one, other, third] = [ada, bob, cyril].map(({ account }) => account.userId);
    if (one === undefined || other === undefined || third === undefined) throw new Error('nobody');
    const up = {
      state: 'active',
      v: 4,
      callee: { sessionId: randomUUID(), instanceId: randomUUID() },
    } as const;
    const now = Date.now();
    const times = { placedAt: now - 2_000, acceptedAt: now - 1_500, connectedAt: now - 1_000 };
    const earlier = { ...ringingRecord(other, one), ...up, ...times };
    const later = { ...ringingRecord(one, third), ...up, ...times, placedAt: now - 1_000 };
    await before.store.calls.save(earlier);
    await before.store.calls.save(later);
    await before.stop();

    await using after = await startTestServer({ database });
    expect(
      (await after.store.calls.recent(0)).map(({ callId, state, reason }) => [callId, state, reason]),
    ).toEqual([
      [earlier.callId, 'ended', 'connection-lost'],
      [later.callId, 'active', null],
    ]);
    const offer = testSdp();
    const invite = { callId: randomUUID(), to: one, media: 'audio', offer } as const;
    expect(await (await after.phone(bob)).request('call:invite', invite)).toMatchObject({ ok: false });
  });

  it('leaves a call alone that connected while the server was away', async () => {
    const clock = createFakeClock();
    const database = await testDatabase();
    const before = await startTestServer({ clock, database });
    const [ada, bob] = [await before.signUp('ada'), await before.signUp('bob')];
    const [adaDesk, bobDesk] = [await before.phone(ada), await before.phone(bob)];
    const callId = randomUUID();
    const to = bob.account.userId;
    await adaDesk.request('call:invite', { callId, to, media: 'audio', offer: testSdp() });
    await bobDesk.request('call:accept', { callId, answer: testSdp() });
    await before.stop();
    clock.advance(40_000);

    await using after = await startTestServer({ clock, database });
    clock.advance(5_000);
    const again = await after.phone(ada, { instanceId: adaDesk.instanceId, callId });
    expect(await again.request('call:resume', { callId })).toMatchObject({
      ok: true,
      state: 'connecting',
    });
    expect(await again.request('call:connected', { callId })).toMatchObject({ ok: true });
    expect(await again.request('call:resume', { callId })).toMatchObject({ ok: true, state: 'active' });
  });
});
