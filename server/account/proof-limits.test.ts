import { afterEach, describe, expect, it } from 'vitest';
import type { SignedIn } from '../../protocol/account/account.ts';
import { problemSchema } from '../../protocol/errors.ts';
import { startTestServer, type TestServer } from '../../testkit/server/start-test-server.ts';
import { TEST_PASSWORD } from '../../testkit/server/test-people.ts';

let server: TestServer;
afterEach(() => server.stop());

const ask = async (who: SignedIn, method: string, path: string, body: object): Promise<string> => {
  const response = await fetch(`${server.url}/api/v1/accounts/current/${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${who.token}` },
    body: JSON.stringify(body),
  });
  return response.ok ? 'ok' : problemSchema.parse(await response.json()).code;
};

const guess = (who: SignedIn, current = 'wrong password'): Promise<string> =>
  ask(who, 'put', 'password', { current, next: TEST_PASSWORD });

const guessByDeleting = (who: SignedIn): Promise<string> =>
  ask(who, 'post', 'deletion', { password: 'wrong password' });

describe('the present password', () => {
  it('is guessed five times a minute with one session, whichever request asks for it', async () => {
    server = await startTestServer({ config: { rateLimitFactor: 1 } });
    const ada = await server.signUp('ada');
    const codes = await Promise.all(
      Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? guess(ada) : guessByDeleting(ada))),
    );
    expect(codes.filter((code) => code === 'wrong-password')).toHaveLength(5);
    expect(codes.filter((code) => code === 'rate-limited')).toHaveLength(95);
    expect(await guess(ada, TEST_PASSWORD)).toBe('rate-limited');
  });

  it('is guessed ten times a minute with all sessions of an account, and one alone locks out no other', async () => {
    server = await startTestServer({ config: { rateLimitFactor: 1 } });
    const first = await server.signUp('ada');
    const sessions = [first, await server.signIn('ada'), await server.signIn('ada')];
    const [, second, third] = sessions;
    for (let i = 0; i < 20; i += 1) await guess(first);
    if (!second || !third) throw new Error('three sessions');
    for (let i = 0; i < 5; i += 1) expect(await guessByDeleting(second)).toBe('wrong-password');
    expect(await guess(third, TEST_PASSWORD)).toBe('rate-limited');
  });

  it('is counted when it is right, too: each check costs a hash', async () => {
    server = await startTestServer({ config: { rateLimitFactor: 1 } });
    const ada = await server.signUp('ada');
    for (let i = 0; i < 5; i += 1) expect(await guess(ada, TEST_PASSWORD)).toBe('ok');
    expect(await guess(ada, TEST_PASSWORD)).toBe('rate-limited');
  });
});
