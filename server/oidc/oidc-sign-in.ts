import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Logger } from 'pino';
import type { Account, OidcStart, ProviderSignIn, Registration, SignedIn } from '../../protocol/account.ts';
import type { UserId } from '../../protocol/ids.ts';
import { hashToken, makeToken } from '../accounts/tokens.ts';
import type { Clock } from '../clock.ts';
import { Refused, type RefusalCode } from '../refused.ts';
import type { OidcFlow, OidcStore } from '../store/oidc-store.ts';
import { displayNameOf, formerNamesOf, namesOf } from './names-of.ts';
import type { Claims, Provider } from './provider.ts';

/** How long a person may take at the provider, in milliseconds. */
const FLOW_LIFE = 600_000;
/** How long the phone may take to redeem its code, in milliseconds: it does so at once. */
const CODE_LIFE = 60_000;

interface OidcDeps {
  issuer: string;
  provider: Provider;
  store: OidcStore;
  registration: Registration;
  /** Signs a device of the account in. */
  open: (userId: UserId, deviceName: string | undefined) => Promise<SignedIn>;
  onCreated: (account: Account) => Promise<void>;
  /** The provider told another name, and the account follows. */
  onChanged: (account: Account) => Promise<void>;
  clock: Clock;
  log: Logger;
}

/** How a sign-in at the provider ended: for the phone, in the address it gets back. */
export interface Outcome {
  phoneState: string;
  result: { code: string } | { error: RefusalCode };
}

/**
 * Signing in by OpenID Connect. The browser goes
 *
 *     phone ─ start(challenge) ─▶ server ─▶ provider ─▶ server ─ code ─▶ phone
 *     phone ─ redeem(code, verifier) ─▶ server ─▶ session
 *
 * Two PKCE pairs (RFC 7636): the server's towards the provider, and the phone's
 * towards the server. No token of the provider's leaves the server, and the
 * code in the address is worth nothing without the phone's verifier.
 */
export interface OidcSignIn {
  /** Where to send the browser, and the cookie that binds the sign-in to it. */
  start(wish: OidcStart, redirectUri: string): Promise<{ url: URL; browser: string }>;
  /** The browser is back. @throws Refused `bad-request` for a sign-in that this browser has not begun. */
  finish(callback: URL, browser: string | null): Promise<Outcome>;
  /** @throws Refused `wrong-credentials` */
  redeem(claim: ProviderSignIn): Promise<SignedIn>;
}

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

export const createOidcSignIn = (deps: OidcDeps): OidcSignIn => {
  const { provider, store, clock, issuer, log } = deps;

  const createAccount = async (claims: Claims): Promise<UserId | null> => {
    if (deps.registration === 'closed') throw new Refused('registration-closed');
    const identity = { issuer, subject: claims.subject };
    const { displayName, usernames } = namesOf(claims, () => randomBytes(32).toString('hex'));
    for (const username of usernames) {
      const account = { userId: randomUUID(), username, displayName };
      const created = await store.createFor(identity, {
        ...account,
        passwordHash: null,
        chosenStatus: 'available',
        createdAt: clock.now(),
      });
      if (created) {
        await deps.onCreated(account);
        return account.userId;
      }
      // The same person, on another device at the same moment.
      const known = await store.userOf(identity);
      if (known !== null) return known;
    }
    return null;
  };

  const followName = async (claims: Claims): Promise<void> => {
    const name = displayNameOf(claims);
    if (name === null) return;
    const identity = { issuer, subject: claims.subject };
    const renamed = await store.followName(identity, name, formerNamesOf(claims));
    if (renamed) await deps.onChanged(renamed);
  };

  const userFor = async (claims: Claims): Promise<UserId> => {
    const identity = { issuer, subject: claims.subject };
    const known = await store.userOf(identity);
    if (known !== null) await followName(claims);
    const userId = known ?? (await createAccount(claims));
    if (userId === null) throw new Refused('server-error');
    return userId;
  };

  const resultOf = async (callback: URL, flow: OidcFlow): Promise<Outcome['result']> => {
    if (callback.searchParams.has('error')) return { error: 'sign-in-refused' };
    let claims: Claims;
    try {
      claims = await provider.claims(callback, flow);
    } catch (error) {
      log.warn({ err: error }, 'the OpenID Connect provider’s answer does not hold');
      return { error: 'unavailable' };
    }
    try {
      const userId = await userFor(claims);
      const code = makeToken();
      await store.keepCode({
        codeHash: hashToken(code),
        challenge: flow.challenge,
        userId,
        expiresAt: clock.now() + CODE_LIFE,
      });
      return { code };
    } catch (error) {
      if (error instanceof Refused) return { error: error.code };
      throw error;
    }
  };

  return {
    async start({ challenge, state: phoneState }, redirectUri) {
      const begun = await provider.begin(redirectUri).catch((error: unknown) => {
        log.warn({ err: error }, 'the OpenID Connect provider does not answer');
        throw new Refused('unavailable');
      });
      const browser = makeToken();
      const now = clock.now();
      const flow: OidcFlow = {
        ...begun.secrets,
        stateHash: hashToken(begun.secrets.state),
        browserHash: hashToken(browser),
        challenge,
        phoneState,
        expiresAt: now + FLOW_LIFE,
      };
      await store.begin(flow, now);
      return { url: begun.url, browser };
    },
    async finish(callback, browser) {
      const state = callback.searchParams.get('state');
      const flow = state === null ? null : await store.takeFlow(hashToken(state), clock.now());
      if (!flow || browser === null || !same(hashToken(browser), flow.browserHash)) {
        throw new Refused('bad-request');
      }
      return { phoneState: flow.phoneState, result: await resultOf(callback, flow) };
    },
    async redeem({ code, verifier, deviceName }) {
      const kept = await store.takeCode(hashToken(code), clock.now());
      if (!kept || !same(challengeOf(verifier), kept.challenge)) throw new Refused('wrong-credentials');
      return deps.open(kept.userId, deviceName);
    },
  };
};
