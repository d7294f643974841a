import type { IncomingMessage } from 'node:http';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import type { Problem } from '../../../protocol/errors.ts';
import type { Accounts } from '../../account/accounts.ts';
import type { Config } from '../../config.ts';
import type { ArrivalLimits } from './arrival-limits.ts';
import { STYLE_HASH } from '../page/render-page.ts';
import { Refused } from '../../refused.ts';
import type { TransportObserver } from '../observer.ts';
import { SOCKETS_PATH } from '../sockets-path.ts';
import type { createAccess } from './access.ts';
import { answerProblem } from './answer-problem.ts';
import { createGuard } from './guard.ts';
import { mountRoutes } from './mount-routes.ts';
import { createRequestLog } from './request-log.ts';
import { createRequestWatch } from './request-watch.ts';
import type { Route } from './route.ts';

/** Nothing is loaded from anywhere, nothing runs, nothing frames the page. */
const secureHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      'style-src': [STYLE_HASH],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ["'none'"],
    },
  },
  xFrameOptions: { action: 'deny' },
  referrerPolicy: { policy: 'no-referrer' },
  // The operator's other names are not ours to bind.
  strictTransportSecurity: { includeSubDomains: false },
});

/** The HTTP side: the route table behind the guard, every failure as a code. */
export const createHttp = (deps: {
  routes: readonly Route[];
  /** Answers the requests of phones that poll; null: that is off. */
  polls: RequestHandler | null;
  accounts: Pick<Accounts, 'authenticate'>;
  access: ReturnType<typeof createAccess>;
  /** The place under which a request is counted. */
  addressOf: (request: IncomingMessage) => string;
  arrivals: Pick<ArrivalLimits, 'admitRequest'>;
  config: Pick<Config, 'trustProxy'>;
  observer: Pick<TransportObserver, 'requestAnswered' | 'handler'>;
  log: Logger;
}): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', deps.config.trustProxy);
  const logRequest = createRequestLog(deps.log);
  const requests = createRequestWatch((answered) => {
    deps.observer.requestAnswered(answered);
    logRequest(answered);
  });
  app.use(requests.watch);
  app.use(secureHeaders);
  app.use(createGuard(deps.access));
  app.use(SOCKETS_PATH, requests.at(SOCKETS_PATH), ...(deps.polls ? [deps.polls] : []));
  app.use(async (request, _response, next) => {
    await deps.arrivals.admitRequest(request);
    next();
  });
  mountRoutes(app, deps.routes, { ...deps, requests });
  app.use(SOCKETS_PATH, (_request, response) => {
    // A proxy that does not pass `Upgrade` on turns a phone's connection into this request: the status says what is
    // missing.
    const problem: Problem = { code: 'bad-request' };
    response.status(426).set({ Upgrade: 'websocket', Connection: 'Upgrade' }).json(problem);
  });
  app.use(() => {
    throw new Refused('not-found');
  });
  app.use(answerProblem(deps.log));
  return app;
};
