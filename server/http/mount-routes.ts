import type { IncomingMessage } from 'node:http';
import express, { type Express, type RequestHandler } from 'express';
import { tokenSchema } from '../../protocol/account.ts';
import type { Accounts, Identity } from '../accounts/accounts.ts';
import { Refused } from '../refused.ts';
import type { ApiRoute, Route } from './route.ts';

/** The largest body is a sign-up: 200 characters of password and two names. */
const BODY_BYTES = 8 * 1024;

const identify = async (
  header: string | undefined,
  accounts: Pick<Accounts, 'authenticate'>,
): Promise<Identity> => {
  const { data: token } = tokenSchema.safeParse(/^bearer (.+)$/i.exec(header ?? '')?.[1]);
  const identity = token === undefined ? null : await accounts.authenticate(token);
  if (!identity) throw new Refused('unauthorized');
  return identity;
};

interface MountDeps {
  accounts: Pick<Accounts, 'authenticate'>;
  addressOf: (request: IncomingMessage) => string;
}

const serveApi =
  (route: ApiRoute, { accounts, addressOf }: MountDeps): RequestHandler =>
  async (request, response) => {
    const identity = route.security ? await identify(request.headers.authorization, accounts) : null;
    const body: unknown = request.body;
    const result = await route.run({ body, identity, address: addressOf(request) });
    response.set('Cache-Control', 'no-store');
    if (route.status === 204) response.sendStatus(204);
    else response.status(route.status).json(result);
  };

/** Puts each route of the table on the app. A body that is not wanted is not read. */
export const mountRoutes = (app: Express, routes: readonly Route[], deps: MountDeps): void => {
  const readBody = express.json({ limit: BODY_BYTES });
  for (const route of routes) {
    if (route.kind === 'plain')
      app[route.method](route.path, (request, response) => route.serve(request, response));
    else if (route.body) app[route.method](route.path, readBody, serveApi(route, deps));
    else app[route.method](route.path, serveApi(route, deps));
  }
};
