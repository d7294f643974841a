import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../protocol/account/account.ts';
import type { Ack } from '../../protocol/events.ts';
import { testSdp } from '../../testkit/server/descriptions.ts';
import type { Phone } from '../../testkit/server/phone.ts';
import { startTestServer, type TestServer } from '../../testkit/server/start-test-server.ts';

let server: TestServer;
let ada: SignedIn | undefined;
let bob: SignedIn | undefined;
beforeEach(async () => {
  server = await startTestServer();
  [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
});
afterEach(() => server.stop());

const idOf = (who: SignedIn | undefined): string => who?.account.userId ?? '';
const open = (who: SignedIn | undefined): Promise<Phone> => {
  if (!who) throw new Error('nobody signed up');
  return server.phone(who);
};
const favourite = (userId: string) => ({ userId, favourite: true, ringsThrough: false });
const through = (userId: string) => ({ userId, favourite: true, ringsThrough: true });
const marksAt = (phone: Phone): unknown =>
  phone.all('session:ready')[0]?.contacts.map((it) => [it.userId, it.favourite, it.ringsThrough]);
const ring = (phone: Phone, to: string): Promise<Ack<object>> =>
  phone.request('call:invite', { callId: randomUUID(), to, media: 'audio', offer: testSdp() });

describe('marking a contact', () => {
  it('is kept, told to the other devices, and seen by nobody else', async () => {
    const [first, second, bobs] = [
      await open(ada),
      await server.phone(await server.signIn('ada')),
      await open(bob),
    ];
    const before = bobs.heard.length;
    for (let times = 0; times < 2; times += 1) {
      expect(await first.request('contact:mark', favourite(idOf(bob)))).toEqual({ ok: true });
    }
    expect(await second.next('contact:marked')).toEqual(favourite(idOf(bob)));
    expect(first.all('contact:marked')).toEqual([]);
    expect(marksAt(await server.phone(await server.signIn('ada')))).toEqual([[idOf(bob), true, false]]);
    expect(bobs.heard).toHaveLength(before);
    expect(marksAt(await server.phone(await server.signIn('bob')))).toEqual([[idOf(ada), false, false]]);

    await first.request('contact:mark', { ...favourite(idOf(bob)), favourite: false });
    expect(await second.next('contact:marked', (mark) => !mark.favourite)).toBeDefined();
    expect(marksAt(await server.phone(await server.signIn('ada')))).toEqual([[idOf(bob), false, false]]);
  });

  it('is refused for who is not in the list, and for letting somebody ring through who is no favourite', async () => {
    const phone = await open(ada);
    const notFound = { ok: false, code: 'not-found' };
    expect(await phone.request('contact:mark', favourite(randomUUID()))).toEqual(notFound);
    expect(await phone.request('contact:mark', favourite(idOf(ada)))).toEqual(notFound);
    expect(await phone.raw('contact:mark', { ...through(idOf(bob)), favourite: false })).toEqual({
      ok: false,
      code: 'bad-request',
    });
  });
});

describe('a favourite who rings through', () => {
  it('rings while the person does not want to be disturbed, and nobody else does', async () => {
    const carla = await server.signUp('carla');
    const [adas, bobs, carlas] = [await open(ada), await open(bob), await server.phone(carla)];
    await adas.request('contact:mark', through(idOf(bob)));
    await adas.request('contact:mark', favourite(carla.account.userId));
    await adas.request('presence:set', { status: 'do-not-disturb' });
    expect(await bobs.next('presence:changed', ({ status }) => status === 'do-not-disturb')).toBeDefined();
    expect(await ring(carlas, idOf(ada))).toEqual({ ok: false, code: 'do-not-disturb' });
    expect(adas.all('call:incoming')).toEqual([]);
    expect(await ring(bobs, idOf(ada))).toMatchObject({ ok: true });
    expect((await adas.next('call:incoming')).from.userId).toBe(idOf(bob));
    // The other way round nothing was marked.
    await bobs.request('presence:set', { status: 'do-not-disturb' });
    expect(await ring(carlas, idOf(bob))).toEqual({ ok: false, code: 'do-not-disturb' });
  });

  it('does not reach who appears offline', async () => {
    const [adas, bobs] = [await open(ada), await open(bob)];
    await adas.request('contact:mark', through(idOf(bob)));
    await adas.request('presence:set', { status: 'appear-offline' });
    expect(await ring(bobs, idOf(ada))).toEqual({ ok: false, code: 'unreachable' });
    expect(adas.all('call:incoming')).toEqual([]);
  });

  it('no longer rings once the mark is taken back', async () => {
    const [adas, bobs] = [await open(ada), await open(bob)];
    await adas.request('presence:set', { status: 'do-not-disturb' });
    await adas.request('contact:mark', through(idOf(bob)));
    await adas.request('contact:mark', favourite(idOf(bob)));
    expect(await ring(bobs, idOf(ada))).toEqual({ ok: false, code: 'do-not-disturb' });
  });
});
