import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../protocol/account/account.ts';
import { testSdp } from '../../testkit/server/descriptions.ts';
import { createFakeClock } from '../../testkit/server/fake-clock.ts';
import type { Heard, Phone } from '../../testkit/server/phone.ts';
import { settle } from '../../testkit/server/settle.ts';
import { startTestServer, type TestServer } from '../../testkit/server/start-test-server.ts';

const idOf = (who: SignedIn) => who.account.userId;
const ring = (phone: Phone, to: SignedIn, callId: string = randomUUID()) =>
  phone.request('call:invite', { callId, to: idOf(to), media: 'audio', offer: testSdp() });
const contactsAt = (phone: Phone) =>
  phone
    .all('session:ready')
    .at(-1)
    ?.contacts.map(({ username, status }) => `${username} ${status}`);

const clock = createFakeClock();
let server: TestServer;
const opened: Phone[] = [];
const open = async (who: SignedIn): Promise<Phone> => {
  const phone = await server.phone(who);
  opened.push(phone);
  return phone;
};
beforeEach(async () => {
  server = await startTestServer({ clock });
});
afterEach(async () => {
  for (const phone of opened.splice(0)) expect(phone.violations).toEqual([]);
  await server.stop();
});

describe('blocking', () => {
  it('takes presence away on every device at once, and gives it back', async () => {
    const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    const [adaDesk, adaLaptop] = [await open(ada), await open(await server.signIn('ada'))];
    const [bobDesk, bobLaptop] = [await open(bob), await open(await server.signIn('bob'))];
    clock.advance(250);

    for (let times = 0; times < 2; times += 1) {
      expect(await adaDesk.request('contact:block', { userId: idOf(bob) })).toEqual({ ok: true });
    }
    for (const phone of [adaDesk, adaLaptop]) {
      expect(await phone.next('contact:removed')).toEqual({ userId: idOf(bob) });
      expect(await phone.next('contact:blocked')).toEqual(bob.account);
    }
    for (const phone of [bobDesk, bobLaptop]) {
      expect(await phone.next('presence:changed', ({ userId }) => userId === idOf(ada))).toMatchObject({
        status: 'offline',
      });
    }
    await settle();
    expect(adaLaptop.all('contact:blocked')).toHaveLength(1);
    const [adasBefore, bobsBefore] = [adaDesk.heard.length, bobDesk.heard.length];
    await adaDesk.request('presence:set', { status: 'away' });
    await bobDesk.request('presence:set', { status: 'away' });
    clock.advance(60_000);
    await settle();
    expect(bobDesk.heard).toHaveLength(bobsBefore);
    expect(adaDesk.heard).toHaveLength(adasBefore);

    // New connections find it so, too.
    const [adaLater, bobLater] = [
      await open(await server.signIn('ada')),
      await open(await server.signIn('bob')),
    ];
    expect(contactsAt(adaLater)).toEqual([]);
    expect(adaLater.all('session:ready')[0]?.blocked).toEqual([bob.account]);
    expect(contactsAt(bobLater)).toEqual(['ada offline']);
    expect(bobLater.all('session:ready')[0]?.blocked).toEqual([]);

    for (let times = 0; times < 2; times += 1) {
      expect(await adaLaptop.request('contact:unblock', { userId: idOf(bob) })).toEqual({ ok: true });
    }
    expect(await adaDesk.next('contact:unblocked')).toEqual({ userId: idOf(bob) });
    expect(await adaDesk.next('contact:changed')).toMatchObject({ username: 'bob', status: 'away' });
    const back = await bobDesk.next('presence:changed', ({ status }) => status === 'away');
    const told = bobDesk.all('presence:changed').map(({ v }) => v);
    expect(told).toEqual([...new Set(told)].sort((a, b) => a - b));
    await adaDesk.request('presence:set', { status: 'available' });
    expect((await bobDesk.next('presence:changed')).v).toBeGreaterThan(back.v);
    await bobDesk.request('presence:set', { status: 'available' });
    expect(await adaLater.next('presence:changed')).toMatchObject({ userId: idOf(bob) });
  });

  it('leaves no trace of a call for the one who blocked, who cannot call either', async () => {
    const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    const [adas, bobs] = [await open(ada), await open(bob)];
    await adas.request('contact:block', { userId: idOf(bob) });
    await settle();
    const before = adas.heard.length;
    for (const status of ['available', 'do-not-disturb', 'appear-offline'] as const) {
      await adas.request('presence:set', { status });
      expect(await ring(bobs, ada)).toEqual({ ok: false, code: 'unreachable' });
    }
    await settle();
    expect(adas.heard).toHaveLength(before);
    expect(await ring(adas, bob)).toEqual({ ok: false, code: 'not-allowed' });
    await settle();
    expect(bobs.all('call:incoming')).toEqual([]);
  });

  it('tells nobody more when both block: the answer to each is that of their own block', async () => {
    const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    const [adas, bobs] = [await open(ada), await open(bob)];
    await adas.request('contact:block', { userId: idOf(bob) });
    await bobs.request('contact:block', { userId: idOf(ada) });
    for (const [phone, other] of [
      [adas, bob],
      [bobs, ada],
    ] as const) {
      expect(await ring(phone, other)).toEqual({ ok: false, code: 'not-allowed' });
    }
    await bobs.request('contact:unblock', { userId: idOf(ada) });
    expect(await bobs.next('contact:changed')).toMatchObject({ username: 'ada', status: 'offline' });
    expect(await ring(bobs, ada)).toEqual({ ok: false, code: 'unreachable' });
    await settle();
    expect(adas.all('contact:changed')).toEqual([]);
  });

  it('is refused for oneself and for nobody', async () => {
    const ada = await server.signUp('ada');
    const phone = await open(ada);
    for (const event of ['contact:block', 'contact:unblock'] as const) {
      expect(await phone.request(event, { userId: idOf(ada) })).toEqual({ ok: false, code: 'not-allowed' });
      expect(await phone.request(event, { userId: randomUUID() })).toEqual({ ok: false, code: 'not-found' });
    }
  });

  it('keeps to the order of block and unblock from several devices', async () => {
    const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    const [first, second, bobs] = [await open(ada), await open(await server.signIn('ada')), await open(bob)];
    const who = { userId: idOf(bob) };
    for (let round = 0; round < 10; round += 1) {
      await Promise.all([first.request('contact:block', who), second.request('contact:unblock', who)]);
    }
    await first.request('contact:unblock', who);
    clock.advance(250);
    await settle();
    expect(first.all('contact:blocked').length).toBe(first.all('contact:unblocked').length);
    await first.request('presence:set', { status: 'away' });
    expect(await bobs.next('presence:changed', ({ status }) => status === 'away')).toBeDefined();
  });
});

describe('a call while one is blocked', () => {
  const placed = async () => {
    const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    const [adas, bobs] = [await open(ada), await open(bob)];
    const callId = randomUUID();
    await ring(bobs, ada, callId);
    await adas.next('call:incoming');
    await adas.request('call:ringing', { callId });
    await bobs.next('call:state');
    return { ada, bob, adas, bobs, callId };
  };

  it('stops ringing for the one, and rings on for the other until nobody has answered', async () => {
    const { bob, adas, bobs, callId } = await placed();
    await adas.request('contact:block', { userId: idOf(bob) });
    expect(await adas.next('call:state')).toMatchObject({ callId, state: 'ended' });
    const again = await open(await server.signIn('ada'));
    expect(again.all('session:ready')[0]?.ringing).toEqual([]);
    clock.advance(44_000);
    await settle();
    expect(bobs.all('call:state')).toHaveLength(1);
    clock.advance(1_000);
    expect(await bobs.next('call:state')).toMatchObject({ state: 'ended', reason: 'no-answer' });
  });

  it('is hung up when it runs', async () => {
    const { bob, adas, bobs, callId } = await placed();
    await adas.request('call:accept', { callId, answer: testSdp('answer') });
    await adas.request('contact:block', { userId: idOf(bob) });
    for (const phone of [adas, bobs]) {
      expect(await phone.next('call:state', ({ state }) => state === 'ended')).toMatchObject({
        reason: 'hung-up',
      });
    }
    clock.advance(1_000);
    await settle();
    expect(bobs.all('presence:changed').at(-1)).toMatchObject({ status: 'offline' });
  });
});

describe('somebody who is blocked', () => {
  /** Ids are by chance, and nothing else is. */
  const withoutIds = (heard: readonly Heard[], people: readonly SignedIn[]): unknown =>
    JSON.parse(
      people.reduce(
        (text, who) => text.replaceAll(idOf(who), `id of ${who.account.username}`),
        JSON.stringify(heard),
      ),
    );

  it('hears exactly what they hear of somebody who goes offline', async () => {
    const hears = async (
      go: (phone: Phone, other: SignedIn) => Promise<unknown>,
      later: (phone: Phone) => Promise<unknown>,
    ): Promise<unknown> => {
      const time = createFakeClock();
      await using other = await startTestServer({ clock: time });
      const [ada, bob] = [await other.signUp('ada'), await other.signUp('bob')];
      const adas = await other.phone(ada);
      const instanceId = randomUUID();
      const bobs = await other.phone(bob, { instanceId });
      await settle();
      time.advance(1_000);
      await go(adas, bob);
      await settle();
      time.advance(20_000);
      const callId = randomUUID();
      const answers = [await ring(bobs, ada, callId), await ring(bobs, ada, callId)];
      // What is so of the other meanwhile makes no difference.
      await later(adas);
      time.advance(20_000);
      answers.push(await ring(bobs, ada));
      await settle();
      bobs.cut();
      const back = await other.phone(bob, { instanceId });
      answers.push(await ring(back, ada));
      await settle();
      return [answers, withoutIds([...bobs.heard, ...back.heard], [ada, bob])];
    };
    const offline = await hears(
      (phone) => phone.request('presence:set', { status: 'appear-offline' }),
      () => Promise.resolve(),
    );
    const blocked = await hears(
      (phone, other) => phone.request('contact:block', { userId: idOf(other) }),
      async (phone) => {
        await phone.request('presence:set', { status: 'away' });
        await phone.request('presence:set', { status: 'do-not-disturb' });
      },
    );
    expect(blocked).toEqual(offline);
  });
});
