import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { problemSchema } from '../../protocol/errors.ts';
import { startTestServer, type TestServer } from '../../testkit/server/start-test-server.ts';
import { TEST_PASSWORD } from '../../testkit/server/test-people.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.stop());

const signUp = (username: string, displayName: string): Promise<Response> =>
  fetch(`${server.url}/api/v1/accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, displayName, password: TEST_PASSWORD }),
  });

describe('names as they are typed', () => {
  it('lose the marks that do nothing, and say over REST which character is refused', async () => {
    const made = await signUp('\u200eada\u200b', '\u2068Ada\u00ad\u2069\u3164');
    expect(made.status).toBe(201);
    expect(await made.json()).toMatchObject({ account: { username: 'ada', displayName: 'Ada' } });
    const problem = async (response: Response) => problemSchema.parse(await response.json());
    expect(await problem(await signUp('bob', 'B\u202eob'))).toEqual({
      code: 'bad-character',
      character: 'U+202E',
    });
    expect(await problem(await signUp('b\u043eb', 'Bob'))).toEqual({
      code: 'bad-character',
      character: 'U+043E',
    });
    expect(await problem(await signUp('bob', '\u3164\u0301'))).toEqual({ code: 'nothing-visible' });
  });

  it('and so do status texts, over the live connection', async () => {
    const ada = await server.phone(await server.signUp('ada'));
    const say = (text: string) => ada.request('presence:text', { text });
    expect(await say('\u200fat lunch\u200b')).toMatchObject({ ok: true, text: { text: 'at lunch' } });
    expect(await say('at \u202elunch')).toEqual({ ok: false, code: 'bad-character', character: 'U+202E' });
    expect(await say('\u2800')).toEqual({ ok: false, code: 'nothing-visible' });
  });
});
