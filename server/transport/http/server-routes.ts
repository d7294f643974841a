import * as z from 'zod';
import { serverInfoSchema, type Registration } from '../../../protocol/account/account.ts';
import { PROTOCOL_VERSION } from '../../../protocol/version.ts';
import { publicGet } from './api-route.ts';
import { describeRoutes } from './openapi.ts';
import type { Route } from './route.ts';

/** What a client reads before it signs in, and what a developer reads. */
export const serverRoutes = (deps: {
  version: string;
  registration: Registration;
  /** The name of the OpenID Connect provider. */
  providerName: string | null;
  /** Every route of the server, these included. */
  allRoutes: () => readonly Route[];
}): Route[] => [
  publicGet(
    {
      path: '/api/v1/server',
      operationId: 'server',
      summary: 'What this server is, and who may create an account',
      result: { name: 'ServerInfo', schema: serverInfoSchema },
      problems: [],
    },
    () => ({
      product: 'quick-call' as const,
      version: deps.version,
      protocol: PROTOCOL_VERSION,
      registration: deps.registration,
      provider: deps.providerName === null ? null : { name: deps.providerName },
    }),
  ),
  publicGet(
    {
      path: '/api/v1/openapi.json',
      operationId: 'openapi',
      summary: 'This description',
      result: { name: 'OpenApi', schema: z.record(z.string(), z.unknown()) },
      problems: [],
    },
    () => describeRoutes(deps.allRoutes(), deps.version),
  ),
];
