import * as z from 'zod';
import { problemSchema } from '../../protocol/errors.ts';
import { PROBLEM_STATUS } from './problem-status.ts';
import type { ApiRoute, NamedSchema, Route } from './route.ts';
import type { RefusalCode } from '../refused.ts';

/** A piece of an OpenAPI document. */
export type OpenApi = Record<string, unknown>;

const SHARED_BY_API: readonly RefusalCode[] = ['origin-refused', 'rate-limited', 'server-error'];

const jsonOf = (name: string): OpenApi => ({
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
});

const problemsOf = (route: Route): OpenApi => {
  const codes = new Set<RefusalCode>([...route.problems, ...SHARED_BY_API]);
  if (route.kind === 'api' && route.body) codes.add('bad-request').add('too-large');
  if (route.kind === 'api' && route.security) codes.add('unauthorized');
  const byStatus = Object.groupBy(codes, (code) => PROBLEM_STATUS[code]);
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, same]) => [
      status,
      { description: `code: ${(same ?? []).join(', ')}`, ...jsonOf('Problem') },
    ]),
  );
};

const successOf = (route: Route): OpenApi => {
  if (route.kind === 'plain') {
    return { 200: { description: 'OK', content: { [route.produces]: { schema: { type: 'string' } } } } };
  }
  const description = { 200: 'OK', 201: 'Created', 204: 'Done' }[route.status];
  return { [route.status]: { description, ...(route.result ? jsonOf(route.result.name) : {}) } };
};

const operationOf = (route: Route): OpenApi => ({
  operationId: route.operationId,
  summary: route.summary,
  ...(route.kind === 'api' && route.security ? { security: [{ token: [] }] } : { security: [] }),
  ...(route.kind === 'api' && route.body
    ? { requestBody: { required: true, ...jsonOf(route.body.name) } }
    : {}),
  responses: { ...successOf(route), ...problemsOf(route) },
});

const schemaOf = ({ schema }: NamedSchema, io: 'input' | 'output'): OpenApi => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
};

const schemasOf = (routes: readonly Route[]): OpenApi => {
  const schemas: OpenApi = { Problem: schemaOf({ name: 'Problem', schema: problemSchema }, 'output') };
  for (const route of routes.filter((each): each is ApiRoute => each.kind === 'api')) {
    if (route.body) schemas[route.body.name] = schemaOf(route.body, 'input');
    if (route.result) schemas[route.result.name] = schemaOf(route.result, 'output');
  }
  return schemas;
};

/** Describes the routes in OpenAPI 3.1, from the same table and schemas that they are served and checked by. */
export const describeRoutes = (routes: readonly Route[], version: string): OpenApi => {
  const paths: Record<string, OpenApi> = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method] = operationOf(route);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Quick Call',
      version,
      description: 'Accounts and sessions. Everything live goes over Socket.IO: see docs/protocol.md.',
    },
    paths,
    components: {
      schemas: schemasOf(routes),
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  };
};
