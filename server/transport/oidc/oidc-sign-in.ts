import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Logger } from 'pino';
import type {
  Account,
  OidcStart,
  ProviderSignIn,
  Registration,
  SignedIn,
} from '../../../protocol/account/account.ts';
import type { UserId } from '../../../protocol/ids.ts';
import { hashToken, makeToken } from '../../account/tokens.ts';
import type { Clock } from '../../clock.ts';
import { Refused, type RefusalCode } from '../../refused.ts';
import type { InviteStore } from '../../account/invite-store.ts';
import type { OidcFlow, OidcStore } from '../../account/oidc-store.ts';
import type { Store } from '../../store.ts';
import { displayNameOf, formerNamesOf, namesOf } from './names-of.ts';
import { isAllowed } from './is-allowed.ts';
import type { Claims, OidcSettings, Provider } from './provider.ts';

/** How long a person may take at the provider, in milliseconds. */
const FLOW_LIFE = 600_000;
/** How long the phone may take to redeem its code, in milliseconds: it does so at once. */
const CODE_LIFE = 60_000;

interface OidcDeps {
  issuer: string;
  provider: Provider;
  store: OidcStore;
  registration: Registration;
  allow: OidcSettings['allow'];
  invites: Pick<InviteStore, 'isValid'>;
  atomically: Store['atomically'];
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
  finish(callback: URL, browser: string | null, inviteHash: string | null): Promise<Outcome>;
  /** @throws Refused `wrong-credentials` */
  redeem(claim: ProviderSignIn): Promise<SignedIn>;
}

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

export const createOidcSignIn = (deps: OidcDeps): OidcSignIn => {
  const { provider, store, clock, issuer, log } = deps;

  /** The hash of the invite that a new account of that person uses up; null: it needs none. @throws Refused */
  const inviteFor = async (claims: Claims, codeHash: string | null): Promise<string | null> => {
    if (deps.registration === 'closed') throw new Refused('registration-closed');
    if (deps.allow.length > 0) {
      if (!isAllowed(deps.allow, claims)) throw new Refused('registration-closed');
      return null;
    }
    if (deps.registration === 'open') return null;
    if (codeHash === null) throw new Refused('invite-needed');
    if (!(await deps.invites.isValid(codeHash, clock.now()))) throw new Refused('invite-invalid');
    return codeHash;
  };

  const createAccount = async (claims: Claims, inviteHash: string | null): Promise<UserId | null> => {
    const invite = await inviteFor(claims, inviteHash);
    const identity = { issuer, subject: claims.subject };
    const { displayName, usernames } = namesOf(claims, () => randomBytes(32).toString('hex'));
    for (const username of usernames) {
      const account = { userId: randomUUID(), username, displayName };
      const created = await deps.atomically(async (stores) => {
        const isNew = await stores.oidc.createFor(identity, {
          ...account,
          passwordHash: null,
          chosenStatus: 'available',
          createdAt: clock.now(),
        });
        // Without a use left on the invite, this rolls the account back.
        if (isNew && invite !== null && !(await stores.invites.take(invite, clock.now()))) {
          throw new Refused('invite-invalid');
        }
        return isNew;
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

  const userFor = async (claims: Claims, inviteHash: string | null): Promise<UserId> => {
    const identity = { issuer, subject: claims.subject };
    const known = await store.userOf(identity);
    if (known !== null) await followName(claims);
    const userId = known ?? (await createAccount(claims, inviteHash));
    if (userId === null) throw new Refused('server-error');
    return userId;
  };

  const resultOf = async (
    callback: URL,
    flow: OidcFlow,
    inviteHash: string | null,
  ): Promise<Outcome['result']> => {
    if (callback.searchParams.has('error')) return { error: 'sign-in-refused' };
    let claims: Claims;
    try {
      claims = await provider.claims(callback, flow);
    } catch (error) {
      log.warn({ err: error }, 'the OpenID Connect provider’s answer does not hold');
      return { error: 'unavailable' };
    }
    try {
      const userId = await userFor(claims, inviteHash);
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
    async finish(callback, browser, inviteHash) {
      const state = callback.searchParams.get('state');
      const flow = state === null ? null : await store.takeFlow(hashToken(state), clock.now());
      if (!flow || browser === null || !same(hashToken(browser), flow.browserHash)) {
        throw new Refused('bad-request');
      }
      return { phoneState: flow.phoneState, result: await resultOf(callback, flow, inviteHash) };
    },
    async redeem({ code, verifier, deviceName }) {
      const kept = await store.takeCode(hashToken(code), clock.now());
      if (!kept || !same(challengeOf(verifier), kept.challenge)) throw new Refused('wrong-credentials');
      return deps.open(kept.userId, deviceName);
    },
  };
};
