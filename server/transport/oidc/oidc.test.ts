import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signedInSchema, type Registration, type SignedIn } from '../../../protocol/account/account.ts';
import { problemSchema } from '../../../protocol/errors.ts';
import { systemClock, type Clock } from '../../clock.ts';
import { startOidcProvider, type TestProvider } from '../../../testkit/server/start-oidc-provider.ts';
import { startTestServer, type TestServer } from '../../../testkit/server/start-test-server.ts';
import { TestBrowser } from '../../../testkit/server/test-browser.ts';
import { hashInviteCode, makeInviteCode } from '../../account/invite-code.ts';
import { readExtensionId } from './extension-id.ts';
import type { AllowRule } from './is-allowed.ts';

const PHONE = `https://${readExtensionId()}.chromiumapp.org/`;

/** The phone's side: what it keeps while the browser is away. */
const createPhone = () => {
  const [verifier, state] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  return { verifier, state, query: String(new URLSearchParams({ challenge, state })) };
};

let provider: TestProvider;
let server: TestServer;
let moved = 0;
const clock: Clock = { ...systemClock, now: () => Date.now() + moved };

const start = async (
  clientSecret: string | null = 'secret',
  registration: Registration = 'open',
  allow: readonly AllowRule[] = [],
  publicPath = '',
) => {
  const oidc = { issuer: provider.issuer, clientId: 'quick-call', clientSecret, name: 'Example', allow };
  server = await startTestServer({ config: { oidc, registration, publicPath }, clock });
  const redirectUri = `${server.url}${publicPath}/oidc/callback`;
  provider.register({ clientId: 'quick-call', clientSecret, redirectUri });
};

const redeem = (code: string | null, verifier: string): Promise<Response> =>
  fetch(`${server.url}/api/v1/sessions/provider`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, verifier }),
  });

const signIn = async (browser: TestBrowser): Promise<SignedIn> => {
  const phone = createPhone();
  const back = await browser.follow(`${server.url}/oidc/start?${phone.query}`, PHONE);
  expect(back.searchParams.get('state')).toBe(phone.state);
  const answer = await redeem(back.searchParams.get('code'), phone.verifier);
  expect(answer.status).toBe(201);
  return signedInSchema.parse(await answer.json());
};

const codeOf = async (response: Response): Promise<[number, string]> => [
  response.status,
  problemSchema.parse(await response.json()).code,
];

beforeEach(async () => {
  moved = 0;
  provider = await startOidcProvider();
});
afterEach(async () => {
  await server.stop();
  await provider.stop();
});

describe('sign-in with OpenID Connect', () => {
  it('creates an account at the first time and finds it again', async () => {
    await start();
    const first = await signIn(new TestBrowser('Ada'));
    expect(first.account).toMatchObject({ username: 'ada', displayName: 'Ada' });
    const second = await signIn(new TestBrowser('Ada'));
    expect(second.account).toEqual(first.account);
    expect(second.sessionId).not.toBe(first.sessionId);
    const [ready] = (await server.phone(first)).all('session:ready');
    expect(ready?.account).toEqual(first.account);
  });

  it('follows a name that changes at the provider, until the person changes it here', async () => {
    await start();
    const nameAtSignIn = async () => (await signIn(new TestBrowser('Ada'))).account.displayName;
    const rename = async ({ token }: SignedIn, displayName: string): Promise<void> => {
      const renamed = await fetch(`${server.url}/api/v1/accounts/current`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ displayName }),
      });
      expect(renamed.status).toBe(204);
    };
    const first = await signIn(new TestBrowser('Ada'));
    const desk = await server.phone(first);
    provider.rename('Ada', 'ada.king@example.org');
    expect(await nameAtSignIn()).toBe('ada.king');
    expect(await desk.next('account:changed')).toMatchObject({ displayName: 'ada.king' });
    await rename(first, 'Countess');
    provider.rename('Ada', 'Ada Byron');
    expect(await nameAtSignIn()).toBe('Countess');
  });

  it("is announced to the person's other devices", async () => {
    await start();
    const desk = await server.phone(await signIn(new TestBrowser('Ada')));
    const laptop = await signIn(new TestBrowser('Ada'));
    expect(await desk.next('device:added')).toMatchObject({ deviceId: laptop.sessionId });
    expect(desk.all('device:added')).toHaveLength(1);
  });

  it('works for a public client, which PKCE alone protects', async () => {
    await start(null);
    expect((await signIn(new TestBrowser('Ada'))).account.username).toBe('ada');
  });

  it('comes back to the path under which a proxy publishes the server', async () => {
    await start('secret', 'open', [], '/call');
    const phone = createPhone();
    const address = `${server.url}/call/oidc/start?${phone.query}`;
    const begun = await fetch(address, { redirect: 'manual' });
    expect(begun.headers.getSetCookie().every((cookie) => cookie.includes('Path=/call/oidc'))).toBe(true);
    const back = await new TestBrowser('Ada').follow(address, PHONE);
    expect((await redeem(back.searchParams.get('code'), phone.verifier)).status).toBe(201);
  });

  it('does not take over an account of the same username', async () => {
    await start();
    const local = await server.signUp('ada');
    const { account } = await signIn(new TestBrowser('Ada'));
    expect(account.userId).not.toBe(local.account.userId);
    expect(account.username).toBe('ada2');
  });

  it('has no password that could be guessed', async () => {
    await start();
    await signIn(new TestBrowser('Ada'));
    await expect(server.signIn('ada')).rejects.toThrow('wrong-credentials');
  });

  it('creates no account while registration is closed', async () => {
    await start('secret', 'closed');
    const phone = createPhone();
    const back = await new TestBrowser('Ada').follow(`${server.url}/oidc/start?${phone.query}`, PHONE);
    expect(back.searchParams.get('error')).toBe('registration-closed');
    expect(back.searchParams.has('code')).toBe(false);
  });

  it('asks somebody new for an invite where accounts take one, and uses it up', async () => {
    await start('secret', 'invite');
    const code = makeInviteCode();
    await server.store.invites.create({
      inviteId: 'one',
      codeHash: hashInviteCode(code),
      uses: 1,
      left: 1,
      createdAt: 0,
      expiresAt: Date.now() + 60_000,
    });
    const come = async (name: string, invite: Record<string, string>): Promise<string | null> => {
      const query = `${createPhone().query}&${String(new URLSearchParams(invite))}`;
      const back = await new TestBrowser(name).follow(`${server.url}/oidc/start?${query}`, PHONE);
      return back.searchParams.get('error');
    };
    expect(await come('Ada', {})).toBe('invite-needed');
    expect(await come('Ada', { inviteCode: makeInviteCode() })).toBe('invite-invalid');
    expect(await come('Ada', { inviteCode: ` ${code.toLowerCase()} ` })).toBeNull();
    expect(await come('Bob', { inviteCode: code })).toBe('invite-invalid');
    // An existing account needs no code.
    expect(await come('Ada', {})).toBeNull();
  });

  describe('for those whom OIDC_ALLOW names', () => {
    const domain: AllowRule = { kind: 'domain', name: 'example.org' };
    const group: AllowRule = { kind: 'group', name: 'staff' };
    const errorFor = async (name: string): Promise<string | null> =>
      (
        await new TestBrowser(name).follow(`${server.url}/oidc/start?${createPhone().query}`, PHONE)
      ).searchParams.get('error');

    it('takes a domain’s people whose address the provider has verified, without an invite', async () => {
      await start('secret', 'invite', [domain]);
      provider.describe('Ada', { email: 'ada@example.org', email_verified: true });
      provider.describe('Bob', { email: 'bob@example.org', email_verified: false });
      provider.describe('Cy', { email: 'cy@example.org' });
      provider.describe('Di', { email: 'di@example.org.evil.example', email_verified: true });
      provider.describe('Ed', { groups: ['example.org'] });
      expect(await errorFor('Ada')).toBeNull();
      for (const name of ['Bob', 'Cy', 'Di', 'Ed', 'Flo']) {
        expect([name, await errorFor(name)]).toEqual([name, 'registration-closed']);
      }
    });

    it('takes a group’s people, and goes on admitting a person with an account who has left the group', async () => {
      await start('secret', 'open', [domain, group]);
      provider.describe('Ada', { groups: ['guests', 'staff'] });
      provider.describe('Bob', { groups: ['staffers'] });
      expect(await errorFor('Ada')).toBeNull();
      expect(await errorFor('Bob')).toBe('registration-closed');
      provider.describe('Ada', {});
      expect(await errorFor('Ada')).toBeNull();
    });

    it.each([
      ['openid profile', []],
      ['openid profile email', [domain]],
      ['openid profile groups', [group]],
      ['openid profile email groups', [group, domain]],
    ])('asks for no more than it looks at: %s', async (scope, allow) => {
      await start('secret', 'open', allow);
      const asked = await new TestBrowser('Ada').follow(
        `${server.url}/oidc/start?${createPhone().query}`,
        provider.issuer,
      );
      expect(asked.searchParams.get('scope')).toBe(scope);
    });
  });

  it('gives a code that is worth nothing without the phone’s verifier, once, and for a minute', async () => {
    await start();
    const come = async () => {
      const phone = createPhone();
      const back = await new TestBrowser('Ada').follow(`${server.url}/oidc/start?${phone.query}`, PHONE);
      return { phone, code: back.searchParams.get('code') };
    };
    const stolen = await come();
    expect(await codeOf(await redeem(stolen.code, createPhone().verifier))).toEqual([
      401,
      'wrong-credentials',
    ]);
    expect(await codeOf(await redeem(stolen.code, stolen.phone.verifier))).toEqual([
      401,
      'wrong-credentials',
    ]);
    const used = await come();
    expect((await redeem(used.code, used.phone.verifier)).status).toBe(201);
    expect(await codeOf(await redeem(used.code, used.phone.verifier))).toEqual([401, 'wrong-credentials']);
    const late = await come();
    moved = 60_001;
    expect(await codeOf(await redeem(late.code, late.phone.verifier))).toEqual([401, 'wrong-credentials']);
  });

  it('is finished only by the browser that began it, once', async () => {
    await start();
    const [browser, other] = [new TestBrowser('Ada'), new TestBrowser('Mallory')];
    const callback = await browser.follow(
      `${server.url}/oidc/start?${createPhone().query}`,
      `${server.url}/oidc/callback`,
    );
    await expect(other.follow(callback.href, PHONE)).rejects.toThrow('400');
    // The first attempt has used it up.
    await expect(browser.follow(callback.href, PHONE)).rejects.toThrow('400');
  });

  it('does not take what the provider has not said', async () => {
    await start();
    const browser = new TestBrowser('Ada');
    const callback = await browser.follow(
      `${server.url}/oidc/start?${createPhone().query}`,
      `${server.url}/oidc/callback`,
    );
    callback.searchParams.set('code', 'made-up');
    const back = await browser.follow(callback.href, PHONE);
    expect(back.searchParams.get('error')).toBe('unavailable');
  });

  it('tells the phone that the person, or the provider, said no', async () => {
    await start();
    const browser = new TestBrowser('Ada');
    const phone = createPhone();
    const callback = await browser.follow(
      `${server.url}/oidc/start?${phone.query}`,
      `${server.url}/oidc/callback`,
    );
    callback.searchParams.delete('code');
    callback.searchParams.set('error', 'access_denied');
    const back = await browser.follow(callback.href, PHONE);
    expect(Object.fromEntries(back.searchParams)).toEqual({ state: phone.state, error: 'sign-in-refused' });
  });

  it('says so when the provider is away, and asks it again the next time', async () => {
    const oidc = {
      issuer: provider.issuer,
      clientId: 'quick-call',
      clientSecret: null,
      name: 'Example',
      allow: [],
    };
    server = await startTestServer({ config: { oidc } });
    const address = `${server.url}/oidc/start?${createPhone().query}`;
    expect(await codeOf(await fetch(address, { redirect: 'manual' }))).toEqual([503, 'unavailable']);
    provider.register({ ...oidc, redirectUri: `${server.url}/oidc/callback` });
    expect((await signIn(new TestBrowser('Ada'))).account.username).toBe('ada');
  });

  it('keeps what was typed and said out of the log', async () => {
    await start();
    const { account } = await signIn(new TestBrowser('Ada'));
    const log = server.logged.join('\n');
    for (const secret of [account.displayName, account.username, 'code=', 'state=']) {
      expect(log).not.toContain(secret);
    }
  });

  it('is not there unless the operator has set it up', async () => {
    server = await startTestServer();
    const answer = await fetch(`${server.url}/oidc/start?${createPhone().query}`);
    expect(await codeOf(answer)).toEqual([404, 'not-found']);
  });

  it('wants a challenge and a state', async () => {
    await start();
    expect(await codeOf(await fetch(`${server.url}/oidc/start?challenge=x`))).toEqual([400, 'bad-request']);
  });

  it('lets a person delete the account just after signing in, because there is no password to ask for', async () => {
    await start();
    const remove = (who: SignedIn): Promise<Response> =>
      fetch(`${server.url}/api/v1/accounts/current/deletion`, {
        method: 'POST',
        headers: { authorization: `Bearer ${who.token}`, 'content-type': 'application/json' },
        body: '{}',
      });
    const first = await signIn(new TestBrowser('Ada'));
    expect(first.account.withoutPassword).toBe(true);
    moved = 600_001;
    expect(await codeOf(await remove(first))).toEqual([403, 'sign-in-again']);
    const again = await signIn(new TestBrowser('Ada'));
    expect((await remove(again)).status).toBe(204);
    expect(await server.store.accounts.byId(first.account.userId)).toBeNull();
    const local = await server.signUp('bob');
    expect(local.account.withoutPassword).toBeUndefined();
    expect(await codeOf(await remove(local))).toEqual([403, 'wrong-password']);
  });
});
