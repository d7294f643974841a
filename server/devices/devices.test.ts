import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { LIMITS } from '../../protocol/limits.ts';
import { testSdp } from '../../testkit/server/descriptions.ts';
import { createFakeClock } from '../../testkit/server/fake-clock.ts';
import { startTestServer, type TestServer } from '../../testkit/server/start-test-server.ts';
import { until } from '../../testkit/server/until.ts';
import type { Phone } from '../../testkit/server/phone.ts';

let server: TestServer;
afterEach(() => server.stop());

const HOUR = 3_600_000;

const listed = async (phone: Phone) => {
  const answer = await phone.request('device:list', {});
  if (!answer.ok) throw new Error(answer.code);
  return answer.devices;
};

describe('devices', () => {
  it('lists what is signed in: name, last use, which is this one, which is connected', async () => {
    const clock = createFakeClock();
    server = await startTestServer({ clock });
    const desk = await server.signUp('ada', { deviceName: 'Chromium on Linux' });
    clock.advance(1000);
    const laptop = await server.signIn('ada', { deviceName: '  Chrome on macOS ' });
    clock.advance(1000);
    const nameless = await server.signIn('ada');
    await server.signUp('bob');
    const phone = await server.phone(desk);
    await server.phone(laptop);
    const at = clock.now();
    expect(await listed(phone)).toEqual([
      device(nameless.sessionId, null, at),
      { ...device(laptop.sessionId, 'Chrome on macOS', at - 1000), connected: true },
      { ...device(desk.sessionId, 'Chromium on Linux', at - 2000), connected: true, current: true },
    ]);
  });

  it('writes the last use of a connected one at most hourly', async () => {
    const clock = createFakeClock();
    server = await startTestServer({ clock });
    const phone = await server.phone(await server.signUp('ada'));
    const start = clock.now();
    const usedAt = async () => (await listed(phone)).map((one) => one.usedAt - start);
    clock.advance(HOUR - 1);
    expect(await usedAt()).toEqual([0]);
    clock.advance(1);
    await expect.poll(usedAt).toEqual([HOUR]);
  });

  it('does not list one that has run out', async () => {
    const clock = createFakeClock();
    server = await startTestServer({ clock, config: { sessionLife: 2 * HOUR } });
    const ada = await server.signUp('ada');
    clock.advance(HOUR + 1);
    const phone = await server.phone(await server.signIn('ada'));
    expect(await listed(phone)).toHaveLength(2);
    clock.advance(HOUR);
    expect((await listed(phone)).map(({ deviceId }) => deviceId)).not.toContain(ada.sessionId);
  });

  it('keeps fifty: who signs in on one more signs the one out that was used least lately', async () => {
    const clock = createFakeClock();
    server = await startTestServer({ clock });
    const first = await server.signUp('ada');
    const phone = await server.phone(first);
    clock.advance(1000);
    const now = clock.now();
    for (let i = 2; i < LIMITS.devices; i += 1) {
      await server.store.sessions.create({
        sessionId: randomUUID(),
        userId: first.account.userId,
        tokenHash: randomUUID(),
        deviceName: null,
        toldUntil: now,
        createdAt: now,
        seenAt: now,
        expiresAt: now + HOUR,
      });
    }
    const second = await server.phone(await server.signIn('ada'));
    expect(await listed(phone)).toHaveLength(LIMITS.devices);
    await server.signIn('ada');
    expect((await phone.next('session:ended')).code).toBe('unauthorized');
    expect(await server.dial({ token: first.token }).refused()).toBe('unauthorized');
    const left = await listed(second);
    expect(left).toHaveLength(LIMITS.devices);
    expect(left.map(({ deviceId }) => deviceId)).not.toContain(first.sessionId);
  });

  it('refuses a name that no device has', async () => {
    server = await startTestServer();
    for (const [deviceName, code] of [
      ['', 'nothing-visible'],
      ['x'.repeat(65), 'bad-request'],
      ['a\u202eb', 'bad-character'],
    ] as const) {
      await expect(server.signUp('ada', { deviceName })).rejects.toThrow(code);
    }
  });
});

const device = (deviceId: string, name: string | null, at: number) => ({
  deviceId,
  name,
  signedInAt: at,
  usedAt: at,
  current: false,
  connected: false,
});

describe('signing a device out', () => {
  it('closes its connection within a second, and its token is worth nothing at once', async () => {
    server = await startTestServer();
    const desk = await server.phone(await server.signUp('ada'));
    const lost = await server.signIn('ada');
    const phone = await server.phone(lost, { reconnection: true });
    const closed = phone.closed();
    const start = performance.now();
    expect(await desk.request('device:sign-out', { deviceId: lost.sessionId })).toEqual({ ok: true });
    await expect(server.signOut(lost)).rejects.toThrow('unauthorized');
    expect(await phone.next('session:ended')).toEqual({ code: 'unauthorized' });
    expect(await closed).toBe('io server disconnect');
    expect(performance.now() - start).toBeLessThan(1000);
    expect(await server.dial({ token: lost.token }).refused()).toBe('unauthorized');
    expect(await listed(desk)).toHaveLength(1);
    const again = await desk.request('device:sign-out', { deviceId: lost.sessionId });
    expect(again).toEqual({ ok: true });
  });

  it('ends the call that it is in, and no other', async () => {
    server = await startTestServer();
    const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    const desk = await server.phone(ada);
    const other = await server.signIn('ada');
    const [caller, callee] = [await server.phone(other), await server.phone(bob)];
    const callId = randomUUID();
    const offer = testSdp('offer');
    await caller.request('call:invite', { callId, to: bob.account.userId, media: 'audio', offer });
    await callee.request('call:accept', { callId, answer: testSdp('answer') });
    await desk.request('device:sign-out', { deviceId: randomUUID() });
    await desk.request('device:sign-out', { deviceId: other.sessionId });
    const ended = await callee.next('call:state', ({ state }) => state === 'ended');
    expect(ended).toMatchObject({ callId, reason: 'hung-up' });
  });

  it("does nothing to another person's, and says nothing about it", async () => {
    server = await startTestServer();
    const [ada, eve] = [await server.signUp('ada'), await server.signUp('eve')];
    const [phone, thief] = [await server.phone(ada), await server.phone(eve)];
    const answers = [
      await thief.request('device:sign-out', { deviceId: ada.sessionId }),
      await thief.request('device:sign-out', { deviceId: randomUUID() }),
    ];
    expect(answers).toEqual([{ ok: true }, { ok: true }]);
    expect(await listed(phone)).toHaveLength(1);
    expect(phone.all('session:ended')).toEqual([]);
  });

  it('can end all others, and leaves the one that asks', async () => {
    server = await startTestServer();
    const desk = await server.phone(await server.signUp('ada'));
    const bob = await server.phone(await server.signUp('bob'));
    const others = [await server.signIn('ada'), await server.signIn('ada')];
    const phones = await Promise.all(others.map((other) => server.phone(other)));
    expect(await desk.request('device:sign-out-others', {})).toEqual({ ok: true });
    for (const phone of phones) expect(await phone.next('session:ended')).toEqual({ code: 'unauthorized' });
    for (const other of others) await expect(server.signOut(other)).rejects.toThrow('unauthorized');
    expect(await listed(desk)).toMatchObject([{ current: true }]);
    expect(await listed(bob)).toHaveLength(1);
  });
});

describe('a new device', () => {
  it("is announced to the person's other devices, and to nobody else", async () => {
    server = await startTestServer();
    const ada = await server.signUp('ada');
    const [desk, bob] = [await server.phone(ada), await server.phone(await server.signUp('bob'))];
    const laptop = await server.signIn('ada', { deviceName: 'Edge on Windows' });
    expect(await desk.next('device:added')).toMatchObject({
      deviceId: laptop.sessionId,
      name: 'Edge on Windows',
    });
    const fresh = await server.phone(laptop);
    await listed(fresh);
    expect(fresh.all('device:added')).toEqual([]);
    expect(bob.all('device:added')).toEqual([]);
  });

  it('is announced once to one that was away, when it comes back', async () => {
    const clock = createFakeClock();
    server = await startTestServer({ clock });
    const ada = await server.signUp('ada');
    (await server.phone(ada)).close();
    // Until then it is there, and hears of what comes.
    await until('the phone has gone', () =>
      server.logged.some((line) => line.includes('phone disconnected')),
    );
    const names = ['one', 'two'];
    for (const deviceName of names) {
      clock.advance(1);
      await server.signIn('ada', { deviceName });
    }
    const back = await server.phone(ada);
    // What was added while it was away is looked up after the session is ready: it may come after the first answer.
    for (const name of names) expect(await back.next('device:added')).toMatchObject({ name });
    const again = await server.phone(ada, { instanceId: back.instanceId });
    await listed(again);
    expect(again.all('device:added')).toEqual([]);
  });
});
