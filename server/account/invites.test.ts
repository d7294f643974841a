import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { problemSchema } from '../../protocol/errors.ts';
import { createFakeClock, type FakeClock } from '../../testkit/server/fake-clock.ts';
import { startTestServer, type TestServer } from '../../testkit/server/start-test-server.ts';
import { TEST_PASSWORD } from '../../testkit/server/test-people.ts';
import { hashInviteCode, makeInviteCode } from './invite-code.ts';

let server: TestServer;
let clock: FakeClock;
beforeEach(async () => {
  clock = createFakeClock();
  server = await startTestServer({ clock, config: { registration: 'invite' } });
});
afterEach(() => server.stop());

const makeInvite = async (uses: number): Promise<string> => {
  const code = makeInviteCode();
  const [createdAt, codeHash] = [clock.now(), hashInviteCode(code)];
  const invite = {
    inviteId: randomUUID(),
    codeHash,
    uses,
    left: uses,
    createdAt,
    expiresAt: createdAt + 1000,
  };
  await server.store.invites.create(invite);
  return code;
};

/** `ok`, or the code of the refusal. */
const signUp = async (username: string, inviteCode?: string): Promise<string> => {
  const response = await fetch(`${server.url}/api/v1/accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, displayName: username, password: TEST_PASSWORD, inviteCode }),
  });
  return response.ok ? 'ok' : problemSchema.parse(await response.json()).code;
};

describe('signing up by invite', () => {
  it('takes a code as often as it was made for, however it is typed', async () => {
    const code = await makeInvite(2);
    expect(await signUp('ada')).toBe('invite-needed');
    expect(await signUp('ada', ' ')).toBe('invite-needed');
    expect(await signUp('ada', code)).toBe('ok');
    expect(await signUp('bob', ` ${code.toLowerCase().replaceAll('-', ' ')} `)).toBe('ok');
    expect(await signUp('eve', code)).toBe('invite-invalid');
  });

  it('answers alike whether a code is unknown, used up or expired', async () => {
    const [used, expired] = [await makeInvite(1), await makeInvite(1)];
    await signUp('ada', used);
    clock.advance(1000);
    for (const code of [makeInviteCode(), used, expired, 'nonsense', 'x'.repeat(64)]) {
      expect([code, await signUp('bob', code)]).toEqual([code, 'invite-invalid']);
    }
  });

  it('lets one of two in who come at once with the last use', async () => {
    const code = await makeInvite(1);
    const both = await Promise.all([signUp('ada', code), signUp('bob', code)]);
    expect(both.sort()).toEqual(['invite-invalid', 'ok']);
    expect(await server.store.accounts.count()).toBe(1);
  });

  it('does not use a code up for a name that is taken, nor tell about names without one', async () => {
    const code = await makeInvite(2);
    await signUp('ada', code);
    expect(await signUp('ada', code)).toBe('username-taken');
    expect(await signUp('ada', 'nonsense')).toBe('invite-invalid');
    expect(await signUp('bob', code)).toBe('ok');
  });

  it('leaves one use for one name when two ask for it at once', async () => {
    const code = await makeInvite(2);
    const both = await Promise.all([signUp('ada', code), signUp('ada', code)]);
    expect(both.sort()).toEqual(['ok', 'username-taken']);
    expect(await signUp('bob', code)).toBe('ok');
  });

  it('keeps no code that could be read from the database', async () => {
    const code = await makeInvite(1);
    expect(JSON.stringify(await server.store.invites.all())).not.toContain(code.slice(0, 9));
  });
});
