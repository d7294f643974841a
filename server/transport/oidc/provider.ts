import * as openid from 'openid-client';
import type { AllowRule, Standing } from './is-allowed.ts';

/** How the operator registered this server with the provider. */
export interface OidcSettings {
  /** The provider's issuer identifier: an address, with TLS except on this machine. */
  issuer: string;
  clientId: string;
  /** Null: a public client, which PKCE alone protects. */
  clientSecret: string | null;
  /** What people know the provider as. */
  name: string;
  /** Who may have an account without an invite; empty: as `REGISTRATION` says. */
  allow: readonly AllowRule[];
}

/** What only the server that began a sign-in knows of it. */
export interface Secrets {
  state: string;
  nonce: string;
  verifier: string;
}

/** Whom the provider says it has seen. */
export interface Claims extends Standing {
  /** Stays the same for a person, and is never given to another (OpenID Connect Core 1.0, section 2). */
  subject: string;
  preferredUsername: string | null;
  name: string | null;
}

/** The OpenID Connect provider, with this server as its client: authorization code flow with PKCE. */
export interface Provider {
  /** Finds the provider, unless it was found before. @throws when the provider does not answer. */
  reach(): Promise<void>;
  /** @throws when the provider does not answer. */
  begin(redirectUri: string): Promise<{ url: URL; secrets: Secrets }>;
  /**
   * Redeems the code in `callback`, the address the browser came back to.
   * @throws when the provider does not answer, does not know the code, or its answer does not verify.
   */
  claims(callback: URL, secrets: Secrets): Promise<Claims>;
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** No more is asked for than the rules look at. */
const scopeFor = (allow: readonly AllowRule[]): string =>
  [
    'openid profile',
    ...(allow.some(({ kind }) => kind === 'domain') ? ['email'] : []),
    ...(allow.some(({ kind }) => kind === 'group') ? ['groups'] : []),
  ].join(' ');

/** Asks the provider nothing until a method is called, so that one that is away does not keep the server from starting. */
export const createProvider = ({ issuer, clientId, clientSecret, allow }: OidcSettings): Provider => {
  const address = new URL(issuer);
  let found: Promise<openid.Configuration> | null = null;
  const discover = (): Promise<openid.Configuration> =>
    openid.discovery(
      address,
      clientId,
      undefined,
      clientSecret === null ? openid.None() : openid.ClientSecretBasic(clientSecret),
      {
        execute: [
          // Somebody who answers in the provider's place would still lack its key.
          openid.enableNonRepudiationChecks,
          // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; the settings admit http on this machine only
          ...(address.protocol === 'http:' ? [openid.allowInsecureRequests] : []),
        ],
      },
    );
  const configuration = (): Promise<openid.Configuration> => {
    found ??= discover().catch((error: unknown) => {
      // Asked again at the next sign-in.
      found = null;
      throw error;
    });
    return found;
  };
  return {
    async reach() {
      if (found !== null) return;
      // A request of its own, so that no sign-in shares one that began before the provider answered.
      const config = await discover();
      found ??= Promise.resolve(config);
    },
    async begin(redirectUri) {
      const config = await configuration();
      const secrets = {
        state: openid.randomState(),
        nonce: openid.randomNonce(),
        verifier: openid.randomPKCECodeVerifier(),
      };
      const url = openid.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: scopeFor(allow),
        code_challenge: await openid.calculatePKCECodeChallenge(secrets.verifier),
        code_challenge_method: 'S256',
        state: secrets.state,
        nonce: secrets.nonce,
      });
      return { url, secrets };
    },
    async claims(callback, { state, nonce, verifier }) {
      const config = await configuration();
      const tokens = await openid.authorizationCodeGrant(config, callback, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error('the provider sent no ID token');
      // Many providers keep names out of the ID token and answer them when asked.
      const more = config.serverMetadata().userinfo_endpoint
        ? await openid.fetchUserInfo(config, tokens.access_token, claims.sub)
        : {};
      const all: Record<string, unknown> = { ...claims, ...more };
      return {
        subject: claims.sub,
        preferredUsername: text(all['preferred_username']),
        name: text(all['name']),
        verifiedEmail: all['email_verified'] === true ? text(all['email']) : null,
        groups: Array.isArray(all['groups']) ? all['groups'].filter((each) => typeof each === 'string') : [],
      };
    },
  };
};
