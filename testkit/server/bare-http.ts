import type { Express } from 'express';
import { createHttp } from '../../server/transport/http/create-http.ts';
import type { Route } from '../../server/transport/http/route.ts';
import { createLog } from '../../server/log.ts';
import { unobserved } from '../../server/transport/observer.ts';

/** The server's HTTP side with only these routes: nobody is signed in, and everybody may send requests. */
export const bareHttp = (routes: readonly Route[]): Express =>
  createHttp({
    routes,
    polls: null,
    accounts: { authenticate: () => Promise.resolve(null) },
    access: () => ({ ok: true, origin: null }),
    addressOf: () => '192.0.2.1',
    arrivals: { admitRequest: () => Promise.resolve() },
    config: { trustProxy: false },
    observer: unobserved,
    log: createLog('silent'),
  });
