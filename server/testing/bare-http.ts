import type { Express } from 'express';
import { createHttp } from '../http/create-http.ts';
import type { Route } from '../http/route.ts';
import { createLog } from '../log.ts';
import { noMetrics } from '../metrics/no-metrics.ts';

/** The way requests go, with nothing behind it but these routes: nobody is signed in, everybody may ask. */
export const bareHttp = (routes: readonly Route[]): Express =>
  createHttp({
    routes,
    accounts: { authenticate: () => Promise.resolve(null) },
    access: () => ({ ok: true, origin: null }),
    addressOf: () => '192.0.2.1',
    arrivals: { admitRequest: () => Promise.resolve() },
    config: { trustProxy: false },
    metrics: noMetrics,
    log: createLog('silent'),
  });
