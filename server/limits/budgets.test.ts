import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../protocol/account.ts';
import { problemSchema } from '../../protocol/errors.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

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

  it('is thirty names an hour', async () => {
    server = await startTestServer({ config: { rateLimitFactor: 1 } });
    const ada = await server.signUp('ada');
    for (let i = 0; i < 30; i += 1) expect(await rename(ada, `Ada ${String(i)}`)).toBe('ok');
    expect(await rename(ada, 'Ada')).toBe('rate-limited');
  });
});

describe('who goes on with what is refused', () => {
  it('is disconnected after a thousand refusals, and kept out for longer each time, by any session', async () => {
    server = await startTestServer({ config: { rateLimitFactor: 1 } });
    const ada = await server.signUp('ada');
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
    expect(await bobs.request('device:list', {})).toMatchObject({ ok: true });
  });
});
