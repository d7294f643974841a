import type { Logger } from 'pino';
import type { Account } from '../../../protocol/account/account.ts';
import type { Accounts } from '../../account/accounts.ts';
import type { Clock } from '../../clock.ts';
import type { Config } from '../../config.ts';
import type { Store } from '../../store.ts';
import { createOidcSignIn, type OidcSignIn } from './oidc-sign-in.ts';
import { createProviderCheck } from './create-provider-check.ts';
import { createProvider } from './provider.ts';

/** Signing in at the operator's provider. */
export interface ProviderSignIn extends OidcSignIn {
  /** Rejects while the provider has not been found. */
  check(): Promise<void>;
}

/** Signing in at the operator's provider; null: none is set. */
export const createProviderSignIn = ({
  config: { oidc, registration },
  store,
  accounts,
  news,
  clock,
  log,
}: {
  config: Pick<Config, 'oidc' | 'registration'>;
  store: Pick<Store, 'oidc' | 'invites' | 'atomically'>;
  accounts: Pick<Accounts, 'signInAs'>;
  news: {
    onCreated(account: Account): Promise<void>;
    onChanged(account: Account): Promise<void>;
  };
  clock: Clock;
  log: Logger;
}): ProviderSignIn | null => {
  if (!oidc) return null;
  const provider = createProvider(oidc);
  const signIn = createOidcSignIn({
    issuer: oidc.issuer,
    provider,
    store: store.oidc,
    registration,
    allow: oidc.allow,
    invites: store.invites,
    atomically: (work) => store.atomically(work),
    open: (userId, deviceName) => accounts.signInAs(userId, deviceName),
    onCreated: (account) => news.onCreated(account),
    onChanged: (account) => news.onChanged(account),
    clock,
    log,
  });
  return { ...signIn, check: createProviderCheck(provider, oidc.issuer, log) };
};
