import { afterEach, describe, expect, it } from 'vitest';
import { TIMES } from '../../protocol/limits.ts';
import type { DatabaseSettings } from '../store/database-settings.ts';
import { createFakeClock } from '../../testkit/server/fake-clock.ts';
import { settle } from '../../testkit/server/settle.ts';
import { startTestServer, type TestServer } from '../../testkit/server/start-test-server.ts';
import { testDatabase } from '../../testkit/server/test-database.ts';
import { TEST_PASSWORD } from '../../testkit/server/test-people.ts';
import { until } from '../../testkit/server/until.ts';

const MINUTE = 60_000;
const FIRST = { status: 'available', until: null, text: null, lastSeenShown: false } as const;

let server: TestServer;
afterEach(() => server.stop());

/** Ada with two phones, and Bob who watches her. */
const start = async (database?: DatabaseSettings) => {
  const clock = createFakeClock();
  server = await startTestServer({ clock, ...(database && { database }) });
  const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
  const bobsPhone = await server.phone(bob);
  const first = await server.phone(ada);
  const second = await server.phone(await server.signIn('ada'));
  await bobsPhone.next('presence:changed');
  clock.advance(250);
  return { clock, ada, bob, bobsPhone, first, second };
};

describe('do not disturb with an end', () => {
  it('ends by itself, comes back to what was chosen before, and tells all devices', async () => {
    const { clock, bobsPhone, first, second } = await start();
    await first.request('presence:set', { status: 'away' });
    await bobsPhone.next('presence:changed');
    clock.advance(250);
    const until = clock.now() + 30 * MINUTE;
    const wish = { status: 'do-not-disturb', endsIn: 30 * MINUTE } as const;
    expect(await first.request('presence:set', wish)).toEqual({
      ok: true,
      ...FIRST,
      status: 'do-not-disturb',
      until,
    });
    expect(await second.next('presence:own', ({ status }) => status !== 'away')).toMatchObject({ until });
    clock.advance(30 * MINUTE - 1);
    await settle();
    expect(bobsPhone.all('presence:changed').at(-1)?.status).toBe('do-not-disturb');
    clock.advance(1);
    const ended = { ...FIRST, status: 'away' };
    expect(await first.next('presence:own')).toEqual(ended);
    expect(await second.next('presence:own')).toEqual(ended);
    expect(await bobsPhone.next('presence:changed', ({ status }) => status === 'away')).toBeDefined();
  });

  it('can be prolonged, cut short and made endless without forgetting what was before', async () => {
    const { clock, ada, first } = await start();
    await first.request('presence:set', { status: 'away' });
    for (const endsIn of [MINUTE, 60 * MINUTE]) {
      await first.request('presence:set', { status: 'do-not-disturb', endsIn });
    }
    clock.advance(60 * MINUTE - 1);
    await settle();
    expect(first.all('presence:own')).toEqual([]);
    await first.request('presence:set', { status: 'do-not-disturb' });
    clock.advance(TIMES.statusEndsMax);
    await settle();
    expect(first.all('presence:own')).toEqual([]);
    await first.request('presence:set', { status: 'do-not-disturb', endsIn: MINUTE });
    clock.advance(MINUTE);
    expect(await first.next('presence:own')).toMatchObject({ status: 'away', until: null });
    // Phones are told first.
    await expect
      .poll(async () => (await server.store.accounts.byId(ada.account.userId))?.chosenStatus)
      .toBe('away');
  });

  it('survives a restart, and ends also during one', async () => {
    const database = await testDatabase();
    const { clock, first, ada } = await start(database);
    await first.request('presence:set', { status: 'do-not-disturb', endsIn: 30 * MINUTE });
    await first.request('presence:text', { text: 'writing', endsIn: 90 * MINUTE });
    await server.stop();

    clock.advance(10 * MINUTE);
    server = await startTestServer({ clock, database });
    const again = await server.phone(ada);
    expect(again.all('session:ready')[0]?.presence).toMatchObject({ status: 'do-not-disturb' });
    clock.advance(20 * MINUTE);
    expect(await again.next('presence:own')).toMatchObject({
      status: 'available',
      text: { text: 'writing' },
    });
    await again.request('presence:set', { status: 'do-not-disturb', endsIn: 30 * MINUTE });
    await server.stop();

    clock.advance(60 * MINUTE);
    server = await startTestServer({ clock, database });
    const last = await server.phone(ada);
    expect(last.all('session:ready')[0]?.presence).toEqual(FIRST);
    await server.stop();
    server = await startTestServer({ clock, database });
    expect((await server.phone(ada)).all('session:ready')[0]?.presence).toEqual(FIRST);
  });
});

describe('status text', () => {
  it('reaches those who see the person and her other devices, and is cleared when its time is over', async () => {
    const { clock, ada, bobsPhone, first, second } = await start();
    const { userId } = ada.account;
    const until = clock.now() + 4 * 60 * MINUTE;
    const text = { text: '🍜 Zoë\u0301 is out', endsIn: 4 * 60 * MINUTE };
    const kept = { text: text.text.normalize('NFC'), until };
    expect(await first.request('presence:text', text)).toMatchObject({ ok: true, text: kept });
    expect(await second.next('presence:own')).toEqual({ ...FIRST, text: kept });
    expect(await bobsPhone.next('presence:changed')).toMatchObject({
      userId,
      status: 'available',
      text: kept.text,
    });
    const late = await server.phone(await server.signUp('cyd'));
    expect(late.all('session:ready')[0]?.contacts).toContainEqual(
      expect.objectContaining({ userId, text: kept.text }),
    );
    clock.advance(4 * 60 * MINUTE);
    expect(await bobsPhone.next('presence:changed')).not.toHaveProperty('text');
    expect(await first.next('presence:own')).toEqual(FIRST);
  });

  it('is never shown of a person who appears offline', async () => {
    const { clock, bobsPhone, first } = await start();
    await first.request('presence:set', { status: 'appear-offline' });
    await bobsPhone.next('presence:changed');
    clock.advance(250);
    await first.request('presence:text', { text: 'hidden', endsIn: MINUTE });
    await first.request('presence:last-seen', { shown: true });
    await first.request('presence:idle', { idle: true });
    clock.advance(2 * MINUTE);
    await settle();
    expect(bobsPhone.all('presence:changed')).toHaveLength(2);
    const late = await server.phone(await server.signUp('dan'));
    const [seen] = late.all('session:ready').flatMap(({ contacts }) => contacts);
    expect(seen).toMatchObject({ username: 'ada', status: 'offline' });
    expect(seen).not.toHaveProperty('text');
    expect(seen).not.toHaveProperty('lastSeen');
  });

  it.each([
    ['a line break', { text: 'a\nb' }, { code: 'bad-character', character: 'U+000A' }],
    [
      'a mark that turns the writing direction',
      { text: 'abc\u202Edef' },
      { code: 'bad-character', character: 'U+202E' },
    ],
    ['nothing', { text: '   ' }, { code: 'nothing-visible' }],
    ['more than it may', { text: '界'.repeat(81) }, { code: 'bad-request' }],
    ['half a character', { text: 'a\ud83c' }, { code: 'bad-character', character: 'U+D83C' }],
    ['an end without a text', { text: null, endsIn: MINUTE }, { code: 'bad-request' }],
    ['an end too far off', { text: 'a', endsIn: TIMES.statusEndsMax + 1 }, { code: 'bad-request' }],
    ['an end that is past', { text: 'a', endsIn: 0 }, { code: 'bad-request' }],
  ])('is refused when it holds %s', async (_what, payload, problem) => {
    const { first } = await start();
    expect(await first.raw('presence:text', payload)).toEqual({ ok: false, ...problem });
  });

  it('takes no end for a status that has none', async () => {
    const { first } = await start();
    const wish = { status: 'away', endsIn: MINUTE };
    expect(await first.raw('presence:set', wish)).toEqual({ ok: false, code: 'bad-request' });
  });
});

describe('last seen', () => {
  it('is shown of a person who allows it, survives a restart, and is deleted when turned off', async () => {
    const database = await testDatabase();
    const { clock, ada, bob, bobsPhone, first, second } = await start(database);
    await first.request('presence:last-seen', { shown: true });
    expect(await second.next('presence:own')).toEqual({ ...FIRST, lastSeenShown: true });
    first.close();
    second.close();
    const times: number[] = [];
    // The grace begins when the server has noticed, which may take a while.
    await until('she is offline', () => {
      clock.advance(10_000);
      times.push(clock.now());
      return bobsPhone.all('presence:changed').at(-1)?.status === 'offline';
    });
    const lastSeen = bobsPhone.all('presence:changed').at(-1)?.lastSeen;
    expect(times).toContain(lastSeen);
    await server.stop();

    clock.advance(MINUTE);
    server = await startTestServer({ clock, database });
    const bobAgain = await server.phone(bob);
    expect(bobAgain.all('session:ready')[0]?.contacts).toMatchObject([{ status: 'offline', lastSeen }]);
    await server.phone(ada);
    expect(await bobAgain.next('presence:changed')).not.toHaveProperty('lastSeen');
    clock.advance(250);
    await server.stop();

    // Ada was still here when the server stopped, so that is when she was seen last.
    const stopped = clock.now();
    clock.advance(MINUTE);
    server = await startTestServer({ clock, database });
    const bobOnceMore = await server.phone(bob);
    expect(bobOnceMore.all('session:ready')[0]?.contacts).toMatchObject([{ lastSeen: stopped }]);

    const adaOnceMore = await server.phone(ada);
    await adaOnceMore.request('presence:last-seen', { shown: false });
    clock.advance(250);
    await server.signOut(ada);
    const gone = await bobOnceMore.next('presence:changed', ({ status }) => status === 'offline');
    expect(gone).not.toHaveProperty('lastSeen');
    expect((await server.store.presence.all())[0]?.lastSeenAt).toBeNull();
  });
});

describe('idle devices', () => {
  it('make a person away when all of them are, from the handshake on', async () => {
    const { clock, ada, bobsPhone, first, second } = await start();
    await first.request('presence:idle', { idle: true });
    await settle();
    expect(bobsPhone.all('presence:changed')).toHaveLength(1);
    second.close();
    await settle();
    clock.advance(10_000);
    expect(await bobsPhone.next('presence:changed')).toMatchObject({ status: 'away' });
    clock.advance(250);
    await server.phone(await server.signIn('ada'), { auth: { idle: true } });
    await settle();
    expect(bobsPhone.all('presence:changed')).toHaveLength(2);
    await first.request('presence:idle', { idle: false });
    expect(await bobsPhone.next('presence:changed')).toMatchObject({
      userId: ada.account.userId,
      status: 'available',
    });
  });
});

describe('a person whose account is gone', () => {
  it('leaves nothing of their presence, and no timer', async () => {
    const { clock, ada, first } = await start();
    await first.request('presence:last-seen', { shown: true });
    await first.request('presence:text', { text: 'bye', endsIn: MINUTE });
    const ended = first.next('session:ended');
    await fetch(`${server.url}/api/v1/accounts/current/deletion`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ada.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ password: TEST_PASSWORD }),
    });
    await ended;
    await settle();
    clock.advance(2 * MINUTE);
    await settle();
    expect(await server.store.presence.all()).toEqual([]);
    expect(server.logged.join('')).not.toContain('could not be kept');
  });
});

describe('a server that is killed', () => {
  it('has written down within a minute who was here', async () => {
    const clock = createFakeClock();
    await using server = await startTestServer({ clock });
    const ada = await server.signUp('ada');
    const phone = await server.phone(ada);
    await phone.request('presence:last-seen', { shown: true });
    const kept = async () => (await server.store.presence.of(ada.account.userId))?.lastSeenAt ?? 0;
    for (let minute = 0; minute < 3; minute += 1) {
      clock.advance(60_000);
      await expect.poll(async () => clock.now() - (await kept())).toBeLessThanOrEqual(60_000);
    }
  });
});
