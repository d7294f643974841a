import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../protocol/account/account.ts';
import { problemSchema } from '../../protocol/errors.ts';
import type { UserId } from '../../protocol/ids.ts';
import { createFakeClock } from '../../testkit/server/fake-clock.ts';
import { startTestServer, type TestServer } from '../../testkit/server/start-test-server.ts';
import { until } from '../../testkit/server/until.ts';

let server: TestServer;
afterEach(() => server.stop());

const rename = async (who: SignedIn, displayName: string): Promise<string> => {
  const response = await fetch(`${server.url}/api/v1/accounts/current`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${who.token}` },
    body: JSON.stringify({ displayName }),
  });
  return response.ok ? 'ok' : problemSchema.parse(await response.json()).code;
};

const removePicture = async (who: SignedIn): Promise<number> => {
  const { status } = await fetch(`${server.url}/api/v1/accounts/current/picture`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${who.token}` },
  });
  return status;
};

describe('what one account may cause', () => {
  it('is so many bytes of messages a day, and what is refused is not kept', async () => {
    server = await startTestServer({ config: { messageBytesADay: 10_000 } });
    const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    const phones = [await server.phone(ada), await server.phone(await server.signIn('ada'))];
    const codes = [];
    for (const phone of [...phones, ...phones]) {
      const id = randomUUID();
      const answer = await phone.request('message:send', {
        id,
        to: bob.account.userId,
        text: '语'.repeat(1000),
      });
      codes.push(answer.ok ? 'ok' : answer.code);
    }
    expect(codes).toEqual(['ok', 'ok', 'ok', 'rate-limited']);
    const page = await phones[0]?.request('message:page', { userId: bob.account.userId });
    expect(page).toMatchObject({ ok: true, messages: [{}, {}, {}] });
  });

  it('is so many events that wait while its phone is being greeted', async () => {
    let greet: () => void = () => undefined;
    const greeted = new Promise<void>((resolve) => (greet = resolve));
    server = await startTestServer({
      deps: (deps) => {
        const marks = {
          ...deps.store.marks,
          of: (userId: UserId) => greeted.then(() => deps.store.marks.of(userId)),
        };
        return { ...deps, store: { ...deps.store, marks } };
      },
    });
    const phone = server.dial({ token: (await server.signUp('ada')).token });
    let refused = 0;
    const answers = Array.from({ length: 100 }, async () => {
      const answer = await phone.request('device:list', {});
      if (!answer.ok && answer.code === 'rate-limited') refused += 1;
      return answer.ok;
    });
    await until('what is too much is refused', () => refused === 36);
    greet();
    expect((await Promise.all(answers)).filter((ok) => ok)).toHaveLength(64);
  });

  it('is thirty names and pictures an hour together', async () => {
    server = await startTestServer({ config: { rateLimitFactor: 1 } });
    const ada = await server.signUp('ada');
    for (let i = 0; i < 15; i += 1) {
      expect(await rename(ada, `Ada ${String(i)}`)).toBe('ok');
      expect(await removePicture(ada)).toBe(204);
    }
    expect(await rename(ada, 'Ada')).toBe('rate-limited');
    expect(await removePicture(ada)).toBe(429);
  });
});

describe('who goes on with what is refused', () => {
  it('is disconnected after a thousand refusals and kept out, and its owner’s other browsers are not', async () => {
    const clock = createFakeClock();
    server = await startTestServer({ config: { rateLimitFactor: 1 }, clock });
    const older = await server.signUp('ada');
    clock.advance(3_600_000);
    const ada = await server.signIn('ada');
    const second = await server.signIn('ada');
    const other = await server.phone(second);
    const bobs = await server.phone(await server.signUp('bob'));
    const flood = await server.phone(ada);
    const closed = flood.closed();
    for (let i = 0; i < 1200; i += 1) flood.socket.emit('device:list', 'no payload', () => undefined);
    expect(await closed).toBe('transport close');
    for (const { token } of [ada, second]) {
      expect(await server.dial({ token }).refused()).toBe('rate-limited');
    }
    expect(other.socket.connected).toBe(true);
    const owners = await server.phone(older);
    expect(await owners.request('device:list', {})).toMatchObject({ ok: true });
    expect(await bobs.request('device:list', {})).toMatchObject({ ok: true });
  });
});
