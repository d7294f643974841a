import type { Config } from '../../config.ts';
import type { Live } from '../../live.ts';
import { accountRoutes } from './account-routes.ts';
import type { Accounts } from '../../account/accounts.ts';
import type { OwnAccount } from '../../account/own-account.ts';
import { ownAccountRoutes } from './own-account-routes.ts';
import type { Pictures } from '../../people/pictures.ts';
import { pictureRoutes } from './picture-routes.ts';
import { healthRoutes } from './health-routes.ts';
import type { Route } from './route.ts';
import { serverRoutes } from './server-routes.ts';
import { readExtensionId } from '../oidc/extension-id.ts';
import { oidcRoutes } from '../oidc/oidc-routes.ts';
import type { ProviderSignIn } from '../oidc/create-provider-sign-in.ts';
import type { ExtensionZipSource } from '../page/extension-zip.ts';
import { pageRoutes } from '../page/page-routes.ts';
import { SWEPT } from '../../sweep-store.ts';
import type { Store } from '../../store.ts';

interface RouteParts {
  config: Pick<Config, 'redisUrl' | 'registration' | 'oidc' | 'publicPath'>;
  store: Pick<Store, 'ping' | 'sweeps'>;
  live: Pick<Live, 'isUp'>;
  extension: ExtensionZipSource;
  version: string;
  isDraining: () => boolean;
  accounts: Accounts;
  ownAccount: OwnAccount;
  pictures: Pictures;
  providerSignIn: ProviderSignIn | null;
  /** Served beside all others. */
  more: readonly Route[];
}

/** All routes over HTTP, as the configuration asks for them. */
export const createRoutes = ({
  config,
  live,
  extension,
  version,
  store,
  isDraining,
  accounts,
  ownAccount,
  pictures,
  providerSignIn,
  more,
}: RouteParts): Route[] => {
  const redis = (): Promise<void> =>
    live.isUp() ? Promise.resolve() : Promise.reject(new Error('Redis is away'));
  const routes: Route[] = [
    ...pageRoutes(extension, config.publicPath),
    ...healthRoutes({
      needs: { database: () => store.ping() },
      uses: {
        ...(config.redisUrl !== null && { redis }),
        ...(providerSignIn && { provider: () => providerSignIn.check() }),
      },
      waits: async () => {
        const states = await Promise.all(SWEPT.map((what) => store.sweeps.of(what)));
        return states.some(({ hold }) => hold !== null) ? ['sweeps'] : [];
      },
      isDraining,
    }),
    ...serverRoutes({
      version,
      registration: config.registration,
      providerName: config.oidc?.name ?? null,
      allRoutes: () => routes,
    }),
    ...accountRoutes(accounts),
    ...(providerSignIn ? oidcRoutes(providerSignIn, readExtensionId(), config.publicPath) : []),
    ...ownAccountRoutes(ownAccount),
    ...pictureRoutes(pictures),
    ...more,
  ];
  return routes;
};
