import type { IncomingMessage } from 'node:http';
import express, { type Express, type RequestHandler } from 'express';
import { tokenSchema } from '../../../protocol/account/account.ts';
import type { Accounts, Identity } from '../../account/accounts.ts';
import { Refused } from '../../refused.ts';
import type { TransportObserver } from '../observer.ts';
import type { RequestWatch } from './request-watch.ts';
import type { ApiRoute, DownloadRoute, Route, UploadRoute } from './route.ts';

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
  requests: Pick<RequestWatch, 'at'>;
  observer: Pick<TransportObserver, 'handler'>;
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

const serveUpload = (route: UploadRoute, accounts: Pick<Accounts, 'authenticate'>): RequestHandler => {
  const read: RequestHandler = express.raw({ limit: route.limit, type: () => true });
  return async (request, response) => {
    // Authorisation first: a stranger's file is not even read.
    const identity = await identify(request.headers.authorization, accounts);
    await new Promise<void>((resolve, reject) => {
      read(request, response, (error?: unknown) => {
        if (error instanceof Error) reject(error);
        else resolve();
      });
    });
    const body: unknown = request.body;
    if (!(body instanceof Uint8Array)) throw new Refused('bad-request');
    await route.run(body, identity);
    response.sendStatus(204);
  };
};

const serveDownload =
  (route: DownloadRoute, accounts: Pick<Accounts, 'authenticate'>): RequestHandler =>
  async (request, response) => {
    const identity = await identify(request.headers.authorization, accounts);
    const { type, bytes } = await route.run(request.params, identity);
    // Never shown as a page of this server's, whatever a browser takes it for.
    response.set({ 'Cache-Control': 'no-store', 'Content-Disposition': 'attachment' });
    response.type(type).send(Buffer.from(bytes));
  };

/** Puts each route of the table on the app. A body that is not wanted is not read. */
export const mountRoutes = (app: Express, routes: readonly Route[], deps: MountDeps): void => {
  const readBody = express.json({ limit: BODY_BYTES });
  const answererOf = (route: Route): RequestHandler => {
    switch (route.kind) {
      case 'plain':
        return (request, response) => route.serve(request, response);
      case 'upload':
        return serveUpload(route, deps.accounts);
      case 'download':
        return serveDownload(route, deps.accounts);
      case 'api':
        return serveApi(route, deps);
    }
  };
  for (const route of routes) {
    const answer = answererOf(route);
    app[route.method](
      route.path,
      deps.requests.at(route.path),
      ...(route.kind === 'api' && route.body ? [readBody] : []),
      deps.observer.handler(route, answer),
    );
  }
};
