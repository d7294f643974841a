import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../protocol/account/account.ts';
import type { EndReason } from '../../protocol/calls/call.ts';
import type { HistoryEntry, HistoryPage } from '../../protocol/history/history.ts';
import { testSdp } from '../../testkit/server/descriptions.ts';
import { createFakeClock } from '../../testkit/server/fake-clock.ts';
import type { Phone } from '../../testkit/server/phone.ts';
import { startTestServer, type TestServer } from '../../testkit/server/start-test-server.ts';
import { testDatabase } from '../../testkit/server/test-database.ts';

const clock = createFakeClock();
let server: TestServer;
let ada: SignedIn;
let bob: SignedIn;
let cy: SignedIn;
let adas: Phone;
let bobs: Phone;

beforeEach(async () => {
  server = await startTestServer({ clock });
  [ada, bob, cy] = [await server.signUp('ada'), await server.signUp('bob'), await server.signUp('cyril')];
  [adas, bobs] = [await server.phone(ada), await server.phone(bob)];
});
afterEach(async () => {
  for (const phone of [adas, bobs]) expect(phone.violations).toEqual([]);
  await server.stop();
});

const dial = async (from: Phone, to: SignedIn): Promise<string> => {
  const callId = randomUUID();
  const { userId } = to.account;
  await from.request('call:invite', { callId, to: userId, media: 'video', offer: testSdp() });
  return callId;
};
const accept = (phone: Phone, callId: string) =>
  phone.request('call:accept', { callId, answer: testSdp('answer') });
const connect = async (): Promise<string> => {
  const callId = await dial(adas, bob);
  await accept(bobs, callId);
  await adas.request('call:connected', { callId });
  return callId;
};
const historyOf = async (phone: Phone, limit = 100): Promise<HistoryEntry[]> => {
  const page = await phone.request('history:page', { limit });
  return page.ok ? page.entries : [];
};

describe('who has a call in their history, by how it ends', () => {
  const ways: [EndReason, number, () => Promise<unknown>][] = [
    ['hung-up', 0, async () => bobs.request('call:end', { callId: await connect() })],
    ['cancelled', 1, async () => adas.request('call:end', { callId: await dial(adas, bob) })],
    ['declined', 0, async () => bobs.request('call:end', { callId: await dial(adas, bob) })],
    [
      'no-answer',
      1,
      async () => {
        await dial(adas, bob);
        clock.advance(45_000);
      },
    ],
    [
      'do-not-disturb',
      1,
      async () => {
        await bobs.request('presence:set', { status: 'do-not-disturb' });
        await dial(adas, bob);
      },
    ],
    [
      'busy',
      1,
      async () => {
        await accept(bobs, await dial(await server.phone(cy), bob));
        await dial(adas, bob);
      },
    ],
    [
      'unreachable',
      1,
      async () => {
        await bobs.request('presence:set', { status: 'appear-offline' });
        await dial(adas, bob);
        expect(await historyOf(bobs)).toHaveLength(1);
        expect(bobs.all('history:changed')).toEqual([]);
        await bobs.request('presence:set', { status: 'available' });
      },
    ],
    [
      'media-failed',
      0,
      async () => {
        await accept(bobs, await dial(adas, bob));
        clock.advance(30_000);
      },
    ],
    [
      'connection-lost',
      0,
      async () => {
        await connect();
        adas = await server.phone(ada);
      },
    ],
  ];

  it.each(ways)('%s: both, with the same reason; unseen: %i', async (reason, unseen, end) => {
    await end();
    const told = await bobs.next('history:changed');
    expect(told.missed.count).toBe(unseen);
    expect(await historyOf(adas)).toMatchObject([
      { reason, direction: 'outgoing', person: { username: 'bob' }, media: 'video' },
    ]);
    expect((await historyOf(bobs)).filter(({ person }) => person?.username === 'ada')).toMatchObject([
      { reason, direction: 'incoming' },
    ]);
    const again = await server.phone(await server.signIn('bob'));
    expect(again.all('session:ready')[0]?.missed.count).toBe(unseen);
  });

  it('unreachable, with nobody there: the callee finds it on return', async () => {
    const dora = await server.signUp('dora');
    const callId = await dial(adas, dora);
    expect(await historyOf(adas)).toMatchObject([{ callId, reason: 'unreachable' }]);
    const doras = await server.phone(dora);
    expect(doras.all('session:ready')[0]?.missed).toMatchObject({
      count: 1,
      latest: { callId, person: { username: 'ada' } },
    });
  });

  it('refused before it was a call: nobody', async () => {
    for (const to of [ada.account.userId, randomUUID()]) {
      await adas.request('call:invite', { callId: randomUUID(), to, media: 'audio', offer: testSdp() });
    }
    expect(await historyOf(adas)).toEqual([]);
  });

  it('both dialled: one entry each, under the first id', async () => {
    const callId = await dial(adas, bob);
    await dial(bobs, ada);
    await accept(bobs, callId);
    await bobs.request('call:end', { callId });
    expect((await historyOf(adas)).map((entry) => entry.callId)).toEqual([callId]);
    expect((await historyOf(bobs)).map((entry) => entry.callId)).toEqual([callId]);
  });

  it('answered on one device: answered on all', async () => {
    const laptop = await server.phone(await server.signIn('bob'));
    const callId = await connect();
    clock.advance(61_000);
    await adas.request('call:end', { callId });
    for (const phone of [bobs, laptop]) {
      expect((await phone.next('history:changed')).missed).toEqual({ count: 0, latest: null });
      expect(await historyOf(phone)).toMatchObject([{ callId, reason: 'hung-up', duration: 61_000 }]);
    }
  });
});

describe('a history', () => {
  it('is looked at on one device for all', async () => {
    const laptop = await server.phone(await server.signIn('bob'));
    await adas.request('call:end', { callId: await dial(adas, bob) });
    expect((await laptop.next('history:changed')).missed.count).toBe(1);
    expect(await bobs.request('history:seen', {})).toEqual({ ok: true });
    expect((await laptop.next('history:changed')).missed).toEqual({ count: 0, latest: null });
    expect(await historyOf(laptop)).toHaveLength(1);
  });

  it('is deleted by its owner, for its owner', async () => {
    const [first, second] = [await dial(adas, bob), await dial(adas, bob)];
    await adas.request('call:end', { callId: second });
    expect(await bobs.request('history:delete', { callId: first })).toEqual({ ok: true });
    expect(await bobs.request('history:delete', { callId: first })).toEqual({ ok: true });
    expect((await historyOf(bobs)).map(({ callId }) => callId)).toEqual([second]);
    expect(await bobs.request('history:clear', {})).toEqual({ ok: true });
    expect(await historyOf(bobs)).toEqual([]);
    expect(await historyOf(adas)).toHaveLength(2);
  });

  it('is read page by page', async () => {
    for (let i = 0; i < 5; i += 1) {
      await adas.request('call:end', { callId: await dial(adas, bob) });
      clock.advance(1_000);
    }
    const whole = (await historyOf(bobs)).map(({ callId }) => callId);
    const read: string[] = [];
    const pageAt = async (query: { before?: string }): Promise<HistoryPage> => {
      const page = await bobs.request('history:page', { limit: 2, ...query });
      if (!page.ok) throw new Error(page.code);
      return page;
    };
    for (let page = await pageAt({}); ; page = await pageAt({ before: page.next })) {
      read.push(...page.entries.map(({ callId }) => callId));
      if (page.next === null) break;
    }
    expect(read).toEqual(whole);
    expect(read).toHaveLength(5);
    expect(await bobs.request('history:page', { limit: 2, before: 'made-up' })).toEqual({
      ok: false,
      code: 'bad-request',
    });
  });
});

describe('a server that was restarted', () => {
  it('has the right duration for the call that went on, and one missed call for the one that rang', async () => {
    const database = await testDatabase();
    const before = await startTestServer({ clock, database });
    const people = await Promise.all(['eve', 'fay', 'gus', 'hal'].map((name) => before.signUp(name)));
    const [eve, fay, gus, hal] = people as [SignedIn, SignedIn, SignedIn, SignedIn];
    const [eves, fays] = [await before.phone(eve), await before.phone(fay)];
    const callId = await dial(eves, fay);
    await accept(fays, callId);
    await eves.request('call:connected', { callId });
    await before.phone(hal);
    clock.advance(60_000);
    const ringing = await dial(await before.phone(gus), hal);
    await before.stop();

    clock.advance(20_000);
    await using after = await startTestServer({ clock, database });
    const back = await after.phone(eve, { instanceId: eves.instanceId, callId });
    await after.phone(fay, { instanceId: fays.instanceId, callId });
    clock.advance(40_000);
    await back.request('call:end', { callId });
    expect(await historyOf(back)).toMatchObject([{ callId, reason: 'hung-up', duration: 120_000 }]);
    const hals = await after.phone(hal);
    expect(await historyOf(hals)).toMatchObject([
      { callId: ringing, reason: 'server-error', duration: null },
    ]);
    expect(hals.all('session:ready')[0]?.missed.count).toBe(1);
  });

  it('ends a call whose phones stay away at the moment it was back', async () => {
    const database = await testDatabase();
    const before = await startTestServer({ clock, database });
    const [eve, fay] = [await before.signUp('eve'), await before.signUp('fay')];
    const [eves, fays] = [await before.phone(eve), await before.phone(fay)];
    const callId = await dial(eves, fay);
    await accept(fays, callId);
    await eves.request('call:connected', { callId });
    clock.advance(60_000);
    await before.stop();
    await using after = await startTestServer({ clock, database });
    clock.advance(45_000);
    expect(await historyOf(await after.phone(fay))).toMatchObject([
      { callId, reason: 'connection-lost', duration: 60_000 },
    ]);
  });
});
