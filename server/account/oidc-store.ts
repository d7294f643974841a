import type { Account } from '../../protocol/account/account.ts';
import type { UserId } from '../../protocol/ids.ts';
import type { StoredAccount } from './account-store.ts';

/** A person as a provider knows them. */
export interface ProviderIdentity {
  issuer: string;
  subject: string;
}

/** A sign-in that has gone to the provider. Hashes are SHA-256, base64url; times epoch milliseconds. */
export interface OidcFlow {
  stateHash: string;
  /** Of the cookie of the browser that began it: no other may finish it. */
  browserHash: string;
  state: string;
  nonce: string;
  verifier: string;
  /** The phone's own PKCE challenge (RFC 7636, S256). */
  challenge: string;
  /** The phone's own state, told back to it. */
  phoneState: string;
  expiresAt: number;
}

/** What a phone redeems for its session, once. */
export interface OidcCode {
  codeHash: string;
  challenge: string;
  userId: UserId;
  expiresAt: number;
}

/** Sign-ins by OpenID Connect under way, and who is whom at the provider. */
export interface OidcStore {
  /** Keeps a sign-in, and forgets those that ran out by `now`. */
  begin(flow: OidcFlow, now: number): Promise<void>;
  /** Takes a sign-in out: it can be finished once. Null when there is none, or it ran out. */
  takeFlow(stateHash: string, now: number): Promise<OidcFlow | null>;
  keepCode(code: OidcCode): Promise<void>;
  takeCode(codeHash: string, now: number): Promise<OidcCode | null>;
  userOf(identity: ProviderIdentity): Promise<UserId | null>;
  /** Creates an account for somebody new. False, and nothing is kept, when the username is taken or they are known by now. */
  createFor(identity: ProviderIdentity, account: StoredAccount): Promise<boolean>;
  /**
   * The person's name at the provider. An account that still has the provider's last name gets the new one.
   * @param unremembered what counts as the provider's last name where it was not kept.
   * @returns the account when its name changed.
   */
  followName(
    identity: ProviderIdentity,
    name: string,
    unremembered: readonly string[],
  ): Promise<Account | null>;
  /** Who the person is at a provider, and what could still sign them in. */
  forget(userId: UserId): Promise<void>;
}
