import type { OidcFlow } from '../../server/account/oidc-store.ts';

/** A sign-in at a provider that has not finished yet. */
export const testFlow = (stateHash: string, expiresAt: number): OidcFlow => ({
  stateHash,
  browserHash: 'b',
  state: 's',
  nonce: 'n',
  verifier: 'v',
  challenge: 'c',
  phoneState: 'p',
  expiresAt,
});
