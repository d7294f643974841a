import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SignedIn } from '../../protocol/account/account.ts';
import type { UserId } from '../../protocol/ids.ts';
import { createFakeClock } from '../../testkit/server/fake-clock.ts';
import type { Phone } from '../../testkit/server/phone.ts';
import { startTestServer, type TestServer } from '../../testkit/server/start-test-server.ts';
import { testDatabase } from '../../testkit/server/test-database.ts';
import { TEST_PASSWORD } from '../../testkit/server/test-people.ts';
import { createLog } from '../log.ts';
import { createMemoryLimiters } from '../live/memory/memory-limiters.ts';
import { createMessages } from './messages.ts';

let server: TestServer;
afterEach(() => server.stop());

const idOf = (who: SignedIn): UserId => who.account.userId;

const send = (phone: Phone, to: SignedIn, text: string, id: string = randomUUID()) =>
  phone.request('message:send', { id, to: idOf(to), text });

const page = async (phone: Phone, other: SignedIn) => {
  const answer = await phone.request('message:page', { userId: idOf(other) });
  if (!answer.ok) throw new Error(answer.code);
  return answer.messages;
};

/** Everything that is on its way to a phone has arrived after an answer that follows it. */
const caughtUp = (phone: Phone): Promise<unknown> => phone.request('message:search', { query: '' });

const twoPeople = async () => {
  const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
  return { ada, bob, adas: await server.phone(ada), bobs: await server.phone(bob) };
};

describe('messages over sockets', () => {
  it("go to all of the other's phones and to the sender's other ones, stamped by the server", async () => {
    server = await startTestServer();
    const { ada, bob, adas, bobs } = await twoPeople();
    const bobs2 = await server.phone(await server.signIn('bob'));
    const adas2 = await server.phone(await server.signIn('ada'));
    const id = randomUUID();
    const answer = await send(adas, bob, 'Hello 👋', id);
    expect(answer).toMatchObject({ ok: true });
    const at = answer.ok ? answer.at : 0;
    for (const phone of [bobs, bobs2]) {
      expect(await phone.next('message:new')).toEqual({
        userId: idOf(ada),
        message: { id, from: idOf(ada), at, text: 'Hello 👋', mark: 'delivered' },
      });
    }
    expect(await adas2.next('message:new')).toEqual({
      userId: idOf(bob),
      message: { id, from: idOf(ada), at, text: 'Hello 👋', mark: 'sent' },
    });
    await caughtUp(adas);
    expect(adas.all('message:new')).toEqual([]);
    expect([adas, bobs, adas2, bobs2].flatMap((phone) => phone.violations)).toEqual([]);
  });

  it('wait for who is away, also through a restart, and are counted', async () => {
    const database = await testDatabase();
    server = await startTestServer({ database });
    const ada = await server.signUp('ada');
    const bob = await server.signUp('bob');
    const adas = await server.phone(ada);
    await send(adas, bob, 'one');
    await send(adas, bob, 'two');
    await server.stop();
    server = await startTestServer({ database });
    const bobs = await server.phone(bob);
    const [ready] = bobs.all('session:ready');
    expect(ready?.unread).toMatchObject([{ userId: idOf(ada), count: 2 }]);
    expect((await page(bobs, ada)).map(({ text }) => text)).toEqual(['one', 'two']);
    const at = ready?.unread[0]?.at ?? 0;
    expect(await bobs.request('message:read', { userId: idOf(ada), at })).toEqual({ ok: true });
    const again = await server.phone(bob, { instanceId: bobs.instanceId });
    expect(again.all('session:ready')[0]?.unread).toEqual([]);
    const adasNew = await server.phone(ada);
    expect((await page(adasNew, bob)).map(({ mark }) => mark)).toEqual(['read', 'read']);
  });

  it('are one message however often they are sent', async () => {
    server = await startTestServer();
    const { ada, bob, adas, bobs } = await twoPeople();
    const id = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => send(adas, bob, 'once', id)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    await send(adas, bob, 'last');
    await bobs.next('message:new', ({ message }) => message.text === 'last');
    expect(bobs.all('message:new').map(({ message }) => message.text)).toEqual(['once', 'last']);
    expect(await page(bobs, ada)).toHaveLength(2);
  });

  it('have one order for both, which is the order of arrival', async () => {
    server = await startTestServer({ clock: createFakeClock() });
    const { ada, bob, adas, bobs } = await twoPeople();
    await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        i % 2 === 0 ? send(adas, bob, `a${String(i)}`) : send(bobs, ada, `b${String(i)}`),
      ),
    );
    const seen = (await page(adas, bob)).map(({ text }) => text);
    expect((await page(bobs, ada)).map(({ text }) => text)).toEqual(seen);
    expect(seen.filter((text) => text.startsWith('a'))).toEqual(['a0', 'a2', 'a4', 'a6', 'a8', 'a10']);
    expect(seen.filter((text) => text.startsWith('b'))).toEqual(['b1', 'b3', 'b5', 'b7', 'b9', 'b11']);
  });

  it('tell the sender when they were delivered and read, and the own other phones what was seen', async () => {
    server = await startTestServer();
    const { ada, bob, adas, bobs } = await twoPeople();
    const bobs2 = await server.phone(await server.signIn('bob'));
    const id = randomUUID();
    const answer = await send(adas, bob, 'Hello', id);
    const at = answer.ok ? answer.at : 0;
    await bobs.request('message:delivered', { upTo: [{ userId: idOf(ada), at }] });
    expect(await adas.next('message:marks')).toEqual({ userId: idOf(bob), mark: 'delivered', ids: [id] });
    await bobs.request('message:read', { userId: idOf(ada), at });
    expect(await adas.next('message:marks')).toEqual({ userId: idOf(bob), mark: 'read', ids: [id] });
    expect(await bobs2.next('message:seen')).toEqual({ userId: idOf(ada), at });
    expect(bobs.all('message:seen')).toEqual([]);
    expect(bobs.all('message:marks')).toEqual([]);
  });

  it('are nobody else’s business', async () => {
    server = await startTestServer();
    const { ada, bob, adas, bobs } = await twoPeople();
    const eves = await server.phone(await server.signUp('eve'));
    const answer = await send(adas, bob, 'between us');
    const at = answer.ok ? answer.at : 0;
    await bobs.next('message:new');
    for (const other of [ada, bob]) {
      expect(await page(eves, other)).toEqual([]);
      await eves.request('message:read', { userId: idOf(other), at });
    }
    expect(await eves.request('message:search', { query: 'between' })).toEqual({
      ok: true,
      found: [],
      more: false,
    });
    await caughtUp(adas);
    expect(adas.all('message:marks')).toEqual([]);
    expect(eves.all('message:new')).toEqual([]);
    expect((await page(adas, bob)).map(({ mark }) => mark)).toEqual(['sent']);
  });

  it('go to contacts alone', async () => {
    server = await startTestServer();
    const { ada, adas } = await twoPeople();
    expect(await send(adas, ada, 'me')).toEqual({ ok: false, code: 'not-allowed' });
    const to = randomUUID();
    const id = randomUUID();
    expect(await adas.request('message:send', { id, to, text: 'x' })).toEqual({
      ok: false,
      code: 'not-allowed',
    });
    expect(await adas.request('message:typing', { userId: to })).toEqual({ ok: false, code: 'not-allowed' });
  });

  it.each(['', ' hello', 'a\r\nb', 'x\u202ey', 'e\u0301', 'x'.repeat(4001)])(
    'are refused when they are %j',
    async (text) => {
      server = await startTestServer();
      const { bob, adas, bobs } = await twoPeople();
      expect(await send(adas, bob, text)).toEqual({ ok: false, code: 'bad-request' });
      await caughtUp(bobs);
      expect(bobs.all('message:new')).toEqual([]);
    },
  );

  it('are limited for each person, on all their phones together', async () => {
    server = await startTestServer({ config: { rateLimitFactor: 1 } });
    const { bob, adas } = await twoPeople();
    const adas2 = await server.phone(await server.signIn('ada'));
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => send(i % 2 === 0 ? adas : adas2, bob, String(i))),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(40);
    expect(answers.flatMap((answer) => (answer.ok ? [] : [answer.code]))).toEqual(
      Array.from({ length: 10 }, () => 'rate-limited'),
    );
  });

  it('carry typing hints, which are not kept', async () => {
    server = await startTestServer();
    const { ada, bob, adas, bobs } = await twoPeople();
    expect(await adas.request('message:typing', { userId: idOf(bob) })).toEqual({ ok: true });
    expect(await bobs.next('message:typing')).toEqual({ userId: idOf(ada) });
    expect(await page(bobs, ada)).toEqual([]);
  });
});

describe('somebody who appears offline', () => {
  it('gets messages, and gives no sign of it until they are visible again', async () => {
    server = await startTestServer();
    const { ada, bob, adas, bobs } = await twoPeople();
    await bobs.request('presence:set', { status: 'appear-offline' });
    const answer = await send(adas, bob, 'Are you there?');
    const at = answer.ok ? answer.at : 0;
    await bobs.next('message:new');
    await bobs.request('message:delivered', { upTo: [{ userId: idOf(ada), at }] });
    await bobs.request('message:read', { userId: idOf(ada), at });
    await bobs.request('message:typing', { userId: idOf(ada) });
    await adas.request('message:typing', { userId: idOf(bob) });
    await caughtUp(adas);
    await caughtUp(bobs);
    expect([...adas.all('message:marks'), ...adas.all('message:typing')]).toEqual([]);
    expect(bobs.all('message:typing')).toEqual([]);
    expect((await page(adas, bob)).map(({ mark }) => mark)).toEqual(['sent']);

    await bobs.request('presence:set', { status: 'available' });
    expect(await adas.next('message:marks')).toMatchObject({ userId: idOf(bob), mark: 'read' });
    expect((await page(adas, bob)).map(({ mark }) => mark)).toEqual(['read']);
  });

  it('stays so through a restart, and hears of no marks either', async () => {
    const database = await testDatabase();
    server = await startTestServer({ database });
    const ada = await server.signUp('ada');
    const bob = await server.signUp('bob');
    const [adas, bobs] = [await server.phone(ada), await server.phone(bob)];
    await adas.request('presence:set', { status: 'appear-offline' });
    const answer = await send(adas, bob, 'from the shadows');
    const at = answer.ok ? answer.at : 0;
    await bobs.request('message:read', { userId: idOf(ada), at });
    await server.stop();
    server = await startTestServer({ database });
    await server.phone(bob);
    const again = await server.phone(ada);
    expect((await page(again, bob)).map(({ mark }) => mark)).toEqual(['sent']);
    await again.request('presence:set', { status: 'away' });
    expect(await again.next('message:marks')).toMatchObject({ mark: 'read' });
  });
});

describe('somebody who is blocked', () => {
  it('notices nothing, and leaves no trace', async () => {
    server = await startTestServer();
    /** Who does not want to hear from whom: `${from} ${to}`. */
    const blocked = new Set<string>();
    const { ada, bob, adas, bobs } = await twoPeople();
    const told: string[] = [];
    const messages = createMessages({
      store: server.store.messages,
      directory: {
        between: (one, other) => {
          const relation = (from: string, to: string) =>
            blocked.has(`${from} ${to}`) ? ('blocked' as const) : ('contact' as const);
          return Promise.resolve({ mine: relation(one, other), theirs: relation(other, one) });
        },
      },
      isHidden: () => Promise.resolve(false),
      announcer: { toPerson: (userId, event) => void told.push(`${event} to ${userId}`) },
      clock: { now: () => Date.now() },
      log: createLog('silent'),
      createLimiter: createMemoryLimiters(1),
      config: { messageBytesADay: 2_000_000 },
    });
    const from = (who: SignedIn) => ({
      userId: idOf(who),
      sessionId: who.sessionId,
      instanceId: randomUUID(),
    });
    const write = (who: SignedIn, to: SignedIn, text: string) =>
      messages.handlers['message:send'](from(who), { id: randomUUID(), to: idOf(to), text });

    const before = await write(ada, bob, 'before');
    await vi.waitFor(() => {
      expect(told).toHaveLength(2);
    });
    blocked.add(`${idOf(ada)} ${idOf(bob)}`);
    told.length = 0;
    expect(await write(ada, bob, 'after')).toMatchObject({ ok: true });
    expect(told).toEqual([`message:new to ${idOf(ada)}`]);
    expect(await messages.handlers['message:typing'](from(ada), { userId: idOf(bob) })).toEqual({ ok: true });
    const at = before.ok ? before.at : 0;
    await messages.handlers['message:read'](from(bob), { userId: idOf(ada), at });
    expect(told.slice(1)).toEqual([`message:seen to ${idOf(bob)}`]);
    expect((await page(bobs, ada)).map(({ text }) => text)).toEqual(['before']);
    expect((await page(adas, bob)).map(({ text, mark }) => [text, mark])).toEqual([
      ['before', 'sent'],
      ['after', 'sent'],
    ]);
    // The blocker cannot write to the blocked person either.
    expect(await write(bob, ada, 'back')).toEqual({ ok: false, code: 'not-allowed' });

    blocked.clear();
    expect(await messages.waiting(idOf(bob), [idOf(ada)])).toEqual([]);
    const later = await write(ada, bob, 'later');
    await messages.handlers['message:read'](from(bob), { userId: idOf(ada), at: later.ok ? later.at : 0 });
    // Marks are told after the answer.
    await vi.waitFor(async () => {
      expect((await page(adas, bob)).map(({ text, mark }) => [text, mark])).toEqual([
        ['before', 'read'],
        ['after', 'sent'],
        ['later', 'read'],
      ]);
    }, 10_000);
    expect((await page(bobs, ada)).map(({ text }) => text)).toEqual(['before', 'later']);
  });
});

describe('messages that have been kept for their time', () => {
  it('are gone after MESSAGE_DAYS, from pages, search and what is unread', async () => {
    const clock = createFakeClock();
    server = await startTestServer({ clock, config: { messageLife: 2 * 86_400_000 } });
    const { ada, bob, adas, bobs } = await twoPeople();
    await send(adas, bob, 'old news');
    clock.advance(86_400_000);
    await send(adas, bob, 'fresh news');
    clock.advance(86_400_000 + 3_600_000);
    await vi.waitFor(
      async () => {
        // The next sweep is an hour after the last one has ended.
        clock.advance(3_600_000);
        expect((await page(bobs, ada)).map(({ text }) => text)).toEqual(['fresh news']);
      },
      { interval: 500, timeout: 10_000 },
    );
    const found = await bobs.request('message:search', { query: 'news' });
    expect(found).toMatchObject({ ok: true, found: [{ message: { text: 'fresh news' } }] });
    const again = await server.phone(bob);
    expect(again.all('session:ready')[0]?.unread).toMatchObject([{ userId: idOf(ada), count: 1 }]);
  });
});

describe('the messages of a deleted account', () => {
  it('are gone on both sides, and nothing refers to what is not there', async () => {
    server = await startTestServer();
    const { ada, bob, adas, bobs } = await twoPeople();
    await send(adas, bob, 'farewell');
    await send(bobs, ada, 'oh no');
    const response = await fetch(`${server.url}/api/v1/accounts/current/deletion`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ada.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ password: TEST_PASSWORD }),
    });
    expect(response.ok).toBe(true);
    expect(await page(bobs, ada)).toEqual([]);
    expect(await bobs.request('message:search', { query: 'farewell oh' })).toMatchObject({ found: [] });
    expect(await send(bobs, ada, 'hello?')).toEqual({ ok: false, code: 'not-allowed' });
  });
});

describe('what is logged of messages', () => {
  it('is not what they say', async () => {
    server = await startTestServer();
    const { bob, adas } = await twoPeople();
    await send(adas, bob, 'xylophone');
    await adas.request('message:search', { query: 'xylophone' });
    await adas.raw('message:send', { id: 'x', text: 'xylophone' });
    await server.stop();
    expect(server.logged.join('')).not.toContain('xylophone');
  });
});
