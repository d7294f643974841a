import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SignedIn } from '../../protocol/account/account.ts';
import { LIMITS, TIMES } from '../../protocol/limits.ts';
import { testSdp } from '../../testkit/server/descriptions.ts';
import { createFakeClock } from '../../testkit/server/fake-clock.ts';
import type { Phone } from '../../testkit/server/phone.ts';
import { settle } from '../../testkit/server/settle.ts';
import { startTestServer, type TestServer } from '../../testkit/server/start-test-server.ts';

const OK = { ok: true };
/** Milliseconds; a busy machine takes its time. */
const WAIT = 10_000;
const idOf = (who: SignedIn) => who.account.userId;
const ref = (who: SignedIn) => ({ userId: idOf(who) });
const ring = (phone: Phone, to: SignedIn, callId: string = randomUUID()) =>
  phone.request('call:invite', { callId, to: idOf(to), media: 'audio', offer: testSdp() });
const listAt = (phone: Phone) =>
  phone
    .all('session:ready')
    .at(-1)
    ?.contacts.map(({ username, status }) => `${username} ${status}`);
const incomingAt = (phone: Phone) =>
  phone
    .all('contact:pending')
    .at(-1)
    ?.incoming.map(({ username }) => username);

const clock = createFakeClock();
let server: TestServer;
let ada: SignedIn;
let bob: SignedIn;
let cy: SignedIn;
const opened: Phone[] = [];
const open = async (who: SignedIn): Promise<Phone> => {
  const phone = await server.phone(who);
  opened.push(phone);
  return phone;
};

beforeEach(async () => {
  server = await startTestServer({ clock, config: { directory: 'contacts' } });
  [ada, bob, cy] = [await server.signUp('ada'), await server.signUp('bob'), await server.signUp('cyril')];
});
afterEach(async () => {
  for (const phone of opened.splice(0)) expect(phone.violations).toEqual([]);
  await server.stop();
});

/** Makes two people contacts, as a request and its acceptance do. */
const befriend = async (from: Phone, to: Phone, fromWhom: SignedIn, toWhom: SignedIn): Promise<void> => {
  await from.request('contact:request', { username: toWhom.account.username });
  await to.next('contact:pending', ({ incoming }) => incoming.length > 0);
  expect(await to.request('contact:accept', ref(fromWhom))).toEqual(OK);
};

describe('contacts that people choose', () => {
  it('nobody sees or rings anybody before', async () => {
    const [adas, bobs] = [await open(ada), await open(bob)];
    expect(listAt(adas)).toEqual([]);
    expect(adas.all('session:ready')[0]?.directory).toBe('contacts');
    expect(await ring(adas, bob)).toEqual({ ok: false, code: 'not-allowed' });
    clock.advance(1_000);
    await settle();
    expect(bobs.summary()).toBe('server:time, session:ready');
    expect(adas.all('presence:changed')).toEqual([]);
  });

  it('a request is shown on every device, and accepting it shows presence at once on all of both', async () => {
    const [adas, bobDesk, bobLaptop] = [
      await open(ada),
      await open(bob),
      await open(await server.signIn('bob')),
    ];
    for (let times = 0; times < 2; times += 1) {
      expect(await adas.request('contact:request', { username: 'bob' })).toEqual(OK);
    }
    expect(await adas.next('contact:pending')).toMatchObject({
      outgoing: [{ username: 'bob' }],
      incoming: [],
    });
    for (const phone of [bobDesk, bobLaptop]) {
      expect(await phone.next('contact:pending')).toMatchObject({ incoming: [ada.account], outgoing: [] });
    }
    const later = await open(await server.signIn('bob'));
    expect(later.all('session:ready')[0]?.pending.incoming).toMatchObject([ada.account]);
    expect(await ring(adas, bob)).toEqual({ ok: false, code: 'not-allowed' });

    for (let times = 0; times < 2; times += 1) {
      expect(await bobLaptop.request('contact:accept', ref(ada))).toEqual(OK);
    }
    for (const phone of [bobDesk, bobLaptop, later]) {
      expect(await phone.next('contact:changed')).toMatchObject({ ...ada.account, status: 'available' });
      expect(await phone.next('contact:pending', ({ incoming }) => incoming.length === 0)).toBeDefined();
    }
    expect(await adas.next('contact:changed')).toMatchObject({ ...bob.account, status: 'available' });
    expect(await adas.next('contact:pending', ({ outgoing }) => outgoing.length === 0)).toBeDefined();
    clock.advance(250);
    await adas.request('presence:set', { status: 'away' });
    for (const phone of [bobDesk, bobLaptop, later]) {
      expect(await phone.next('presence:changed')).toMatchObject({ userId: idOf(ada), status: 'away' });
    }
    expect(await ring(adas, bob)).toMatchObject(OK);
  });

  it('a third person sees neither presence nor rings, and asking does not help', async () => {
    const [adas, bobs, cys] = [await open(ada), await open(bob), await open(cy)];
    await befriend(adas, bobs, ada, bob);
    await cys.request('contact:request', { username: 'ada' });
    await adas.next('contact:pending', ({ incoming }) => incoming.length === 1);
    await settle();
    const before = cys.heard.length;
    await adas.request('presence:set', { status: 'do-not-disturb' });
    clock.advance(60_000);
    await settle();
    expect(cys.heard).toHaveLength(before);
    for (const status of ['do-not-disturb', 'appear-offline', 'available'] as const) {
      await adas.request('presence:set', { status });
      expect(await ring(cys, ada)).toEqual({ ok: false, code: 'not-allowed' });
    }
    expect(adas.all('call:incoming')).toEqual([]);
  });

  it('two who ask for one another are contacts', async () => {
    const [adas, bobs] = [await open(ada), await open(bob)];
    await Promise.all([
      adas.request('contact:request', { username: 'bob' }),
      bobs.request('contact:request', { username: 'ADA' }),
    ]);
    await Promise.all([adas.next('contact:changed'), bobs.next('contact:changed')]);
    for (const phone of [adas, bobs]) {
      await phone.next('contact:pending', (it) => it.incoming.length + it.outgoing.length === 0);
    }
    expect(listAt(await open(await server.signIn('ada')))).toEqual(['bob available']);
  });

  it('declining is silent, and stays so when the request is repeated', async () => {
    const [adas, bobs] = [await open(ada), await open(bob)];
    await adas.request('contact:request', { username: 'bob' });
    await bobs.next('contact:pending');
    await settle();
    const before = adas.heard.length;
    expect(await bobs.request('contact:decline', ref(ada))).toEqual(OK);
    expect(await bobs.next('contact:pending')).toMatchObject({ incoming: [] });
    await settle();
    expect(adas.heard).toHaveLength(before);
    await adas.request('contact:request', { username: 'bob' });
    await settle();
    expect(incomingAt(bobs)).toEqual([]);
    expect(adas.all('contact:pending').at(-1)?.outgoing).toMatchObject([{ username: 'bob' }]);
  });

  it('declining holds for 30 days, however often the request is withdrawn and sent again', async () => {
    const [adas, bobs] = [await open(ada), await open(bob)];
    const again = async (): Promise<void> => {
      await adas.request('contact:cancel', { username: 'bob' });
      await adas.request('contact:request', { username: 'bob' });
      await settle();
    };
    await adas.request('contact:request', { username: 'bob' });
    await bobs.next('contact:pending');
    await again();
    await vi.waitFor(() => {
      expect(incomingAt(bobs)).toEqual(['ada']);
    }, WAIT);
    await bobs.request('contact:decline', ref(ada));
    await vi.waitFor(() => {
      expect(incomingAt(bobs)).toEqual([]);
    }, WAIT);
    for (let times = 0; times < 5; times += 1) {
      await again();
      expect(incomingAt(bobs)).toEqual([]);
    }
    expect(adas.all('contact:pending').at(-1)?.outgoing).toMatchObject([{ username: 'bob' }]);

    await adas.request('contact:cancel', { username: 'bob' });
    const forget = () => server.store.requests.forgetWithdrawnBefore(clock.now() - TIMES.declined);
    clock.advance(TIMES.declined);
    expect(await forget()).toBe(0);
    clock.advance(1);
    // The server's own sweep may have come first.
    await forget();
    await again();
    await vi.waitFor(() => {
      expect(incomingAt(bobs)).toEqual(['ada']);
    }, WAIT);
  });

  it('is asked anew by those whom they have declined and then made a contact', async () => {
    const [adas, bobs] = [await open(ada), await open(bob)];
    await adas.request('contact:request', { username: 'bob' });
    await bobs.next('contact:pending', ({ incoming }) => incoming.length === 1);
    await bobs.request('contact:decline', ref(ada));
    await adas.request('contact:cancel', { username: 'bob' });
    await befriend(bobs, adas, bob, ada);
    await bobs.request('contact:remove', ref(ada));
    await adas.request('contact:request', { username: 'bob' });
    await bobs.next('contact:pending', ({ incoming }) => incoming.length === 1);
    expect(incomingAt(bobs)).toEqual(['ada']);
  });

  it('taking back what was never asked tells nobody', async () => {
    const [adas, bobs] = [await open(ada), await open(bob)];
    expect(await adas.request('contact:cancel', { username: 'bob' })).toEqual(OK);
    await settle();
    expect(bobs.all('contact:pending')).toEqual([]);
  });

  it('a request can be taken back', async () => {
    const [adas, bobs] = [await open(ada), await open(bob)];
    await adas.request('contact:request', { username: 'bob' });
    await bobs.next('contact:pending');
    expect(await adas.request('contact:cancel', { username: 'bob' })).toEqual(OK);
    expect(await bobs.next('contact:pending')).toMatchObject({ incoming: [] });
    expect(await bobs.request('contact:accept', ref(ada))).toEqual({ ok: false, code: 'not-found' });
  });

  it('removing takes presence away on every device, ends what rings and leaves what runs', async () => {
    const [adas, bobDesk, bobLaptop] = [
      await open(ada),
      await open(bob),
      await open(await server.signIn('bob')),
    ];
    await befriend(adas, bobDesk, ada, bob);
    const callId = randomUUID();
    await ring(adas, bob, callId);
    await bobDesk.next('call:incoming');
    for (let times = 0; times < 2; times += 1) {
      expect(await bobDesk.request('contact:remove', ref(ada))).toEqual(OK);
    }
    for (const phone of [bobDesk, bobLaptop]) expect(await phone.next('contact:removed')).toEqual(ref(ada));
    expect(await adas.next('contact:removed')).toEqual(ref(bob));
    expect(await adas.next('call:state')).toMatchObject({ state: 'ended', reason: 'declined' });
    await settle();
    const before = adas.heard.length;
    await bobDesk.request('presence:set', { status: 'away' });
    clock.advance(1_000);
    await settle();
    expect(adas.heard).toHaveLength(before);
    expect(await ring(adas, bob)).toEqual({ ok: false, code: 'not-allowed' });

    await befriend(adas, bobDesk, ada, bob);
    const second = randomUUID();
    await ring(adas, bob, second);
    await bobDesk.request('call:accept', { callId: second, answer: testSdp('answer') });
    await adas.request('contact:remove', ref(bob));
    expect(await adas.request('call:connected', { callId: second })).toMatchObject(OK);
  });

  it('is refused for oneself, and above the limit', async () => {
    const adas = await open(ada);
    expect(await adas.request('contact:request', { username: 'ada' })).toEqual({
      ok: false,
      code: 'not-allowed',
    });
    for (let n = 0; n < LIMITS.requests; n += 1) {
      expect(await adas.request('contact:request', { username: `nobody${String(n)}` })).toEqual(OK);
    }
    expect(await adas.request('contact:request', { username: 'one-more' })).toEqual({
      ok: false,
      code: 'too-large',
    });
    // One that is there may be said again.
    expect(await adas.request('contact:request', { username: 'nobody1' })).toEqual(OK);
  });
});

describe('a name that may not exist', () => {
  it('is answered and listed in the same way as one that does, has declined, or has blocked', async () => {
    const [adas, bobs, cys] = [await open(ada), await open(bob), await open(cy)];
    await bobs.request('contact:block', ref(ada));
    await adas.request('contact:request', { username: 'cyril' });
    await cys.next('contact:pending');
    await cys.request('contact:decline', ref(ada));
    await adas.request('contact:cancel', { username: 'cyril' });
    await settle();
    const answers: unknown[] = [];
    for (const username of ['bob', 'cyril', 'nobody']) {
      const start = adas.heard.length;
      const answer = await adas.request('contact:request', { username });
      await settle();
      const heard = adas.heard.slice(start).map(({ event, payload }) => [event, payload]);
      answers.push(JSON.parse(JSON.stringify([answer, heard]).replaceAll(username, 'NAME')));
      await adas.request('contact:cancel', { username });
      await settle();
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    await settle();
    expect(bobs.all('contact:pending').flatMap(({ incoming }) => incoming)).toEqual([]);
  });

  it('is answered before anybody looks whether it does', async () => {
    let looked = 0;
    await using other = await startTestServer({
      config: { directory: 'contacts' },
      deps: (deps) => ({
        ...deps,
        store: {
          ...deps.store,
          accounts: {
            ...deps.store.accounts,
            byUsername: (username) => {
              if (username !== 'bob') return deps.store.accounts.byUsername(username);
              looked += 1;
              return new Promise(() => undefined);
            },
          },
        },
      }),
    });
    const phone = await other.phone(await other.signUp('ada'));
    expect(await phone.request('contact:request', { username: 'bob' })).toEqual(OK);
    expect(looked).toBe(1);
    expect(await phone.request('contact:request', { username: 'eve' })).toEqual(OK);
  });
});

describe('somebody who is blocked', () => {
  it('is a contact who is always offline, and whom asking and codes get nowhere', async () => {
    const [adas, bobs] = [await open(ada), await open(bob)];
    await befriend(adas, bobs, ada, bob);
    await bobs.request('contact:block', ref(ada));
    expect(await adas.next('presence:changed', ({ status }) => status === 'offline')).toBeDefined();
    expect(adas.all('contact:removed')).toEqual([]);
    expect(listAt(await open(await server.signIn('ada')))).toEqual(['bob offline']);
    expect(listAt(await open(await server.signIn('bob')))).toEqual([]);
    expect(await ring(adas, bob)).toEqual({ ok: false, code: 'unreachable' });
    // A stranger who is blocked is answered like a stranger.
    await adas.request('contact:remove', ref(bob));
    expect(await ring(adas, bob)).toEqual({ ok: false, code: 'not-allowed' });
    const made = await bobs.request('contact:make-code', {});
    await settle();
    const before = bobs.all('contact:changed').length;
    expect(await adas.request('contact:redeem', { code: made.ok ? made.code : '' })).toEqual({
      ok: true,
      ...bob.account,
    });
    expect(await adas.next('contact:changed', (it) => it.status === 'offline')).toBeDefined();
    await settle();
    expect(bobs.all('contact:changed')).toHaveLength(before);
    expect(await ring(adas, bob)).toEqual({ ok: false, code: 'unreachable' });
  });

  it('asks in vain until the block is taken back', async () => {
    const [adas, bobs] = [await open(ada), await open(bob)];
    await bobs.request('contact:request', { username: 'ada' });
    await adas.next('contact:pending', ({ incoming }) => incoming.length === 1);
    await bobs.request('contact:block', ref(ada));
    // What the other had asked for is gone, as if taken back.
    expect(await adas.next('contact:pending')).toMatchObject({ incoming: [] });
    await adas.request('contact:request', { username: 'bob' });
    await settle();
    expect(incomingAt(bobs)).toEqual([]);
    await bobs.request('contact:unblock', ref(ada));
    expect(await bobs.next('contact:pending', ({ incoming }) => incoming.length === 1)).toBeDefined();
  });
});

describe('a personal invite code', () => {
  const make = async (phone: Phone): Promise<string> => {
    const made = await phone.request('contact:make-code', {});
    expect(made).toMatchObject({ expiresAt: clock.now() + TIMES.contactCode, uses: LIMITS.contactCodeUses });
    return made.ok ? made.code : '';
  };
  const NOT_FOUND = { ok: false, code: 'not-found' };

  it('makes contacts at once, counts its uses and may be redeemed twice by the same person', async () => {
    const [adas, bobs] = [await open(ada), await open(bob)];
    const code = await make(adas);
    expect(JSON.stringify(await server.store.contactCodes.byOwner(idOf(ada), clock.now()))).not.toContain(
      code,
    );
    for (let times = 0; times < 2; times += 1) {
      expect(await bobs.request('contact:redeem', { code: ` ${code.toLowerCase()} ` })).toEqual({
        ok: true,
        ...ada.account,
      });
    }
    expect(await bobs.next('contact:changed')).toMatchObject({ username: 'ada', status: 'available' });
    expect(await adas.next('contact:changed')).toMatchObject({ username: 'bob', status: 'available' });
    await settle();
    expect(adas.all('contact:pending').at(-1)?.code?.uses).toBe(LIMITS.contactCodeUses - 1);
  });

  it('is good for nothing once it is revoked, replaced, over or used up', async () => {
    const [adas, bobs] = [await open(ada), await open(bob)];
    const revoked = await make(adas);
    expect(await adas.request('contact:revoke-code', {})).toEqual(OK);
    expect(await bobs.request('contact:redeem', { code: revoked })).toEqual(NOT_FOUND);
    const replaced = await make(adas);
    const code = await make(adas);
    expect(await bobs.request('contact:redeem', { code: replaced })).toEqual(NOT_FOUND);
    expect(await adas.request('contact:redeem', { code })).toEqual({ ok: false, code: 'not-allowed' });
    const known = await server.store.contactCodes.byOwner(idOf(ada), clock.now());
    if (known) await server.store.contactCodes.put({ ...known, uses: 1 });
    expect(await bobs.request('contact:redeem', { code })).toMatchObject(OK);
    expect(await (await open(cy)).request('contact:redeem', { code })).toEqual(NOT_FOUND);
    const late = await make(adas);
    clock.advance(TIMES.contactCode);
    expect(
      await (await open(await server.signIn('cyril'))).request('contact:redeem', { code: late }),
    ).toEqual(NOT_FOUND);
  });
});

it('what people agree on is refused where everybody is a contact', async () => {
  await using everyone = await startTestServer();
  const [eve, fay] = [await everyone.signUp('eve'), await everyone.signUp('fay')];
  const phone = await everyone.phone(eve);
  const no = { ok: false, code: 'not-allowed' };
  expect(phone.all('session:ready')[0]?.directory).toBe('everyone');
  for (const event of ['contact:request', 'contact:cancel'] as const) {
    expect(await phone.request(event, { username: 'fay' })).toEqual(no);
  }
  for (const event of ['contact:accept', 'contact:decline', 'contact:remove'] as const) {
    expect(await phone.request(event, ref(fay))).toEqual(no);
  }
  for (const event of ['contact:make-code', 'contact:revoke-code'] as const) {
    expect(await phone.request(event, {})).toEqual(no);
  }
  expect(await phone.request('contact:redeem', { code: 'ABCD-EFGH-JKMN-PQRS-TVWX' })).toEqual(no);
});

it('bytes at sign-in grow with the contacts, not with the accounts', async () => {
  const sizeOf = async (): Promise<number> =>
    JSON.stringify((await open(await server.signIn('ada'))).all('session:ready')[0]).length;
  const before = await sizeOf();
  const people: SignedIn[] = [];
  // One after the other: the queue of passwords holds a few of one address.
  for (let n = 0; n < 60; n += 1) people.push(await server.signUp(`person${String(n)}`));
  expect(await sizeOf()).toBe(before);
  for (const person of people) await server.store.contacts.add(idOf(ada), idOf(person));
  const [after, none] = [await sizeOf(), before];
  const each = (after - none) / people.length;
  expect(each).toBeGreaterThan(100);
  expect(each).toBeLessThan(300);
});
