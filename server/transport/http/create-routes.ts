import { accountRoutes } from './account-routes.ts';
import type { Accounts } from '../../account/accounts.ts';
import type { createOwnAccount } from '../../account/own-account.ts';
import { ownAccountRoutes } from './own-account-routes.ts';
import type { createPictures } from '../../people/pictures.ts';
import { pictureRoutes } from './picture-routes.ts';
import type { AppDeps } from '../../app-deps.ts';
import { healthRoutes } from './health-routes.ts';
import type { Route } from './route.ts';
import { serverRoutes } from './server-routes.ts';
import { metricsRoute } from '../../operate/metrics/metrics-route.ts';
import { readExtensionId } from '../oidc/extension-id.ts';
import { oidcRoutes } from '../oidc/oidc-routes.ts';
import type { createOidcSignIn } from '../oidc/oidc-sign-in.ts';
import { pageRoutes } from '../page/page-routes.ts';
import type { Store } from '../../store.ts';

interface RouteParts {
  store: Pick<Store, 'ping'>;
  isDraining: () => boolean;
  accounts: Accounts;
  ownAccount: ReturnType<typeof createOwnAccount>;
  pictures: ReturnType<typeof createPictures>;
  providerSignIn: ReturnType<typeof createOidcSignIn> | null;
}

/** All that is served over HTTP, by what is set. */
export const createRoutes = (
  { config, live, metrics, extension, version }: AppDeps,
  { store, isDraining, accounts, ownAccount, pictures, providerSignIn }: RouteParts,
): Route[] => {
  const redis = (): Promise<void> =>
    live.isUp() ? Promise.resolve() : Promise.reject(new Error('Redis is away'));
  const routes: Route[] = [
    ...pageRoutes(extension),
    ...healthRoutes({
      needs: { database: () => store.ping() },
      uses: config.redisUrl === null ? {} : { redis },
      isDraining,
    }),
    ...serverRoutes({
      version,
      registration: config.registration,
      providerName: config.oidc?.name ?? null,
      allRoutes: () => routes,
    }),
    ...accountRoutes(accounts),
    ...(providerSignIn ? oidcRoutes(providerSignIn, readExtensionId()) : []),
    ...ownAccountRoutes(ownAccount),
    ...pictureRoutes(pictures),
    ...(metrics && config.metrics?.at === null && config.metrics.token !== null
      ? [metricsRoute(metrics, config.metrics.token)]
      : []),
  ];
  return routes;
};
