import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../protocol/account/account.ts';
import { problemSchema } from '../../protocol/errors.ts';
import { testSdp } from '../../testkit/server/descriptions.ts';
import { createFakeClock } from '../../testkit/server/fake-clock.ts';
import { settle } from '../../testkit/server/settle.ts';
import { startTestServer, type TestServer } from '../../testkit/server/start-test-server.ts';
import { TEST_PASSWORD } from '../../testkit/server/test-people.ts';
import { createPasswords } from './passwords.ts';

const NEW_PASSWORD = 'battery staple';

let server: TestServer;
let ada: SignedIn;
let bob: SignedIn;
beforeEach(async () => {
  server = await startTestServer();
  [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
});
afterEach(() => server.stop());

/** The status, or the code of a refusal. */
const ask = async (who: SignedIn, method: string, path: string, body: object): Promise<number | string> => {
  const response = await fetch(`${server.url}/api/v1/accounts/current${path}`, {
    method,
    headers: { authorization: `Bearer ${who.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.ok ? response.status : problemSchema.parse(await response.json()).code;
};
const rename = (who: SignedIn, displayName: string) => ask(who, 'PATCH', '', { displayName });
const changePassword = (who: SignedIn, current: string, next: string) =>
  ask(who, 'PUT', '/password', { current, next });
const remove = (who: SignedIn, password = TEST_PASSWORD) => ask(who, 'POST', '/deletion', { password });

const signInWith = (username: string, password: string): Promise<Response> =>
  fetch(`${server.url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });

describe('a display name', () => {
  it('is changed for the own devices, for those who see the person, and for good', async () => {
    const [desk, laptop] = [await server.phone(ada), await server.phone(await server.signIn('ada'))];
    const watcher = await server.phone(bob);
    expect(await rename(ada, '  Countess of Lovelace ')).toBe(204);
    const account = { ...ada.account, displayName: 'Countess of Lovelace' };
    expect(await desk.next('account:changed')).toEqual(account);
    expect(await laptop.next('account:changed')).toEqual(account);
    expect(await watcher.next('contact:changed')).toMatchObject({ ...account, status: 'available' });
    expect(watcher.all('account:changed')).toEqual([]);
    const later = await server.phone(await server.signIn('ada'));
    expect(later.all('session:ready')[0]?.account).toEqual(account);
  });

  it('is told to others once when it changes several times within a moment', async () => {
    await server.stop();
    const clock = createFakeClock();
    server = await startTestServer({ clock });
    [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    const [own, watcher] = [await server.phone(ada), await server.phone(bob)];
    await rename(ada, 'One');
    await watcher.next('contact:changed', ({ displayName }) => displayName === 'One');
    for (const name of ['Two', 'Three', 'Four']) await rename(ada, name);
    await own.next('account:changed', ({ displayName }) => displayName === 'Four');
    clock.advance(1000);
    await watcher.next('contact:changed', ({ displayName }) => displayName === 'Four');
    expect(watcher.all('contact:changed').map(({ displayName }) => displayName)).toEqual(['One', 'Four']);
  });

  it('is told later when the person has gone offline meanwhile', async () => {
    await server.stop();
    const clock = createFakeClock();
    server = await startTestServer({ clock });
    [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    const [own, watcher] = [await server.phone(ada), await server.phone(bob)];
    clock.advance(250);
    for (const name of ['One', 'Two']) await rename(ada, name);
    await own.request('presence:set', { status: 'appear-offline' });
    await watcher.next('presence:changed', ({ status }) => status === 'offline');
    clock.advance(1000);
    await settle();
    expect(watcher.all('contact:changed').map(({ displayName }) => displayName)).toEqual(['One']);
    await own.request('presence:set', { status: 'available' });
    await watcher.next('contact:changed', ({ displayName }) => displayName === 'Two');
  });

  it('keeps who appears offline hidden', async () => {
    const [phone, watcher] = [await server.phone(ada), await server.phone(bob)];
    await phone.request('presence:set', { status: 'appear-offline' });
    await watcher.next('presence:changed', ({ status }) => status === 'offline');
    await rename(ada, 'Shadow');
    await phone.next('account:changed');
    const later = await server.phone(await server.signIn('bob'));
    expect(later.all('session:ready')[0]?.contacts).toMatchObject([
      { displayName: 'Ada', status: 'offline' },
    ]);
    expect(watcher.all('contact:changed')).toEqual([]);
    await phone.request('presence:set', { status: 'available' });
    for (const each of [watcher, later]) {
      expect(await each.next('contact:changed')).toMatchObject({
        displayName: 'Shadow',
        status: 'available',
      });
    }
  });

  it.each([
    ['', 'nothing-visible'],
    ['   ', 'nothing-visible'],
    ['x'.repeat(65), 'bad-request'],
    ['A\u202Eda', 'bad-character'],
    ['two\nlines', 'bad-character'],
  ])('is not %j', async (name, code) => {
    expect(await rename(ada, name)).toBe(code);
    expect((await server.store.accounts.byId(ada.account.userId))?.displayName).toBe('Ada');
  });

  it('is not changed by nobody', async () => {
    expect(await rename({ ...ada, token: 'A'.repeat(43) }, 'Eve')).toBe('unauthorized');
  });
});

describe('a password', () => {
  it('is changed by who knows it, and every other device is out within a second', async () => {
    const here = await server.phone(ada);
    const elsewhere = await server.signIn('ada');
    const there = await server.phone(elsewhere, { reconnection: true });
    const closed = there.closed();
    const start = performance.now();
    expect(await changePassword(ada, TEST_PASSWORD, NEW_PASSWORD)).toBe(204);
    expect(await closed).toBe('io server disconnect');
    expect(performance.now() - start).toBeLessThan(1000);
    expect(there.all('session:ended')).toEqual([{ code: 'unauthorized' }]);
    expect(await server.dial({ token: elsewhere.token }).refused()).toBe('unauthorized');
    expect(await rename(elsewhere, 'Eve')).toBe('unauthorized');
    expect(here.socket.connected).toBe(true);
    expect((await signInWith('ada', TEST_PASSWORD)).status).toBe(401);
    expect((await signInWith('ada', NEW_PASSWORD)).status).toBe(201);
  });

  it('is not changed by who does not', async () => {
    const elsewhere = await server.phone(await server.signIn('ada'));
    expect(await changePassword(ada, 'wrong password', NEW_PASSWORD)).toBe('wrong-password');
    expect(await changePassword(ada, TEST_PASSWORD, 'short')).toBe('bad-request');
    expect((await signInWith('ada', TEST_PASSWORD)).status).toBe(201);
    expect(elsewhere.socket.connected).toBe(true);
  });

  it('is changed once when two ask at the same time', async () => {
    const answers = await Promise.all([
      changePassword(ada, TEST_PASSWORD, NEW_PASSWORD),
      changePassword(ada, TEST_PASSWORD, 'another password'),
    ]);
    expect(answers.sort()).toEqual([204, 'wrong-password']);
  });

  it('that was right when it was typed lets nobody in after it was changed', async () => {
    const slow = createPasswords({ memory: 64, passes: 1, parallelism: 1 });
    let changed = false;
    await server.stop();
    server = await startTestServer({
      deps: (deps) => ({
        ...deps,
        passwords: {
          ...slow,
          async verify(password, stored) {
            const right = await slow.verify(password, stored);
            // Only the sign-in below: between the check and its session somebody changes the password.
            if (stored !== null && !changed) {
              changed = true;
              const { userId } = ada.account;
              await deps.store.accounts.changePassword(userId, {
                was: stored,
                hash: await slow.hash('new one'),
              });
            }
            return right;
          },
        },
      }),
    });
    ada = await server.signUp('ada');
    expect((await signInWith('ada', TEST_PASSWORD)).status).toBe(401);
    expect(await server.store.sessions.removeOf(ada.account.userId)).toEqual([ada.sessionId]);
  });
});

describe('a deleted account', () => {
  it('is gone for everybody at once, with all its devices', async () => {
    const [desk, laptop] = [
      await server.phone(ada, { reconnection: true }),
      await server.phone(await server.signIn('ada')),
    ];
    const watcher = await server.phone(bob);
    expect(await remove(ada, 'wrong password')).toBe('wrong-password');
    expect(desk.socket.connected).toBe(true);
    const closed = [desk.closed(), laptop.closed()];
    expect(await remove(ada)).toBe(204);
    expect(await Promise.all(closed)).toEqual(['io server disconnect', 'io server disconnect']);
    expect(desk.all('session:ended')).toEqual([{ code: 'account-deleted' }]);
    expect(await watcher.next('contact:removed')).toEqual({ userId: ada.account.userId });
    await settle();
    expect(watcher.heard.at(-1)?.event).toBe('contact:removed');
    expect(await server.dial({ token: ada.token }).refused()).toBe('unauthorized');
    expect((await signInWith('ada', TEST_PASSWORD)).status).toBe(401);
    const later = await server.phone(await server.signIn('bob'));
    expect(later.all('session:ready')[0]?.contacts).toEqual([]);
    const call = { callId: randomUUID(), to: ada.account.userId, media: 'audio', offer: testSdp() } as const;
    expect(await later.request('call:invite', call)).toMatchObject({ ok: false, code: 'not-allowed' });
  });

  it('frees its username for somebody else, who is somebody else', async () => {
    await remove(ada);
    const another = await server.signUp('ada');
    expect(another.account.userId).not.toBe(ada.account.userId);
    expect(await server.store.accounts.byId(ada.account.userId)).toBeNull();
  });

  it('ends its calls and leaves those of others alone', async () => {
    const people = await Promise.all(['cyd', 'dan', 'eve'].map((name) => server.signUp(name)));
    const [adas, bobs, cys, dans, eves] = await Promise.all(
      [ada, bob, ...people].map((who) => server.phone(who)),
    );
    if (!adas || !bobs || !cys || !dans || !eves) throw new Error('five phones');
    const invite = (to: SignedIn | undefined) => ({
      callId: randomUUID(),
      to: to?.account.userId ?? '',
      media: 'audio' as const,
      offer: testSdp(),
    });
    const talked = invite(bob);
    await adas.request('call:invite', talked);
    await bobs.next('call:incoming');
    await bobs.request('call:accept', { callId: talked.callId, answer: testSdp() });
    await adas.request('call:connected', { callId: talked.callId });
    const others = invite(people[1]);
    await cys.request('call:invite', others);
    await dans.next('call:incoming');
    await dans.request('call:accept', { callId: others.callId, answer: testSdp() });

    await remove(ada);
    const ended = { callId: talked.callId, state: 'ended', reason: 'hung-up' };
    expect(await bobs.next('call:state', ({ state }) => state === 'ended')).toMatchObject(ended);
    expect(await cys.request('call:connected', { callId: others.callId })).toMatchObject({ ok: true });
    const onRecord = await server.store.calls.recent(0);
    expect(onRecord.map(({ callerId, reason }) => [callerId, reason])).toEqual([
      [ada.account.userId, 'hung-up'],
      [people[0]?.account.userId, null],
    ]);
  });

  it('stops ringing, both ways', async () => {
    const eve = await server.signUp('eve');
    const [adas, bobs, eves] = [await server.phone(ada), await server.phone(bob), await server.phone(eve)];
    const placed = {
      callId: randomUUID(),
      to: eve.account.userId,
      media: 'audio',
      offer: testSdp(),
    } as const;
    const coming = {
      callId: randomUUID(),
      to: ada.account.userId,
      media: 'audio',
      offer: testSdp(),
    } as const;
    await bobs.request('call:invite', coming);
    await adas.next('call:incoming');
    await adas.request('call:invite', placed);
    await eves.next('call:incoming');
    await remove(ada);
    expect(await bobs.next('call:state', ({ state }) => state === 'ended')).toMatchObject({
      reason: 'unreachable',
    });
    expect(await eves.next('call:state', ({ state }) => state === 'ended')).toMatchObject({
      reason: 'cancelled',
    });
  });
});
