import * as z from 'zod';
import { problemSchema } from '../../../protocol/errors.ts';
import { PROBLEM_STATUS } from './problem-status.ts';
import type { ApiRoute, NamedSchema, Route } from './route.ts';
import type { RefusalCode } from '../../refused.ts';

/** A piece of an OpenAPI document. */
export type OpenApi = Record<string, unknown>;

const SHARED_BY_API: readonly RefusalCode[] = ['origin-refused', 'rate-limited', 'server-error'];

const jsonOf = (name: string): OpenApi => ({
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
});

const filesOf = (types: readonly string[]): OpenApi => ({
  content: Object.fromEntries(types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }])),
});

const needsToken = (route: Route): boolean =>
  route.kind === 'api' ? route.security !== null : route.kind !== 'plain';

const takesBody = (route: Route): boolean =>
  route.kind === 'api' ? route.body !== null : route.kind === 'upload';

const problemsOf = (route: Route): OpenApi => {
  const codes = new Set<RefusalCode>([...route.problems, ...SHARED_BY_API]);
  if (takesBody(route)) codes.add('bad-request').add('bad-character').add('nothing-visible').add('too-large');
  if (needsToken(route)) codes.add('unauthorized');
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
  if (route.kind === 'upload') return { 204: { description: 'Done' } };
  if (route.kind === 'download') return { 200: { description: 'OK', ...filesOf(route.produces) } };
  const description = { 200: 'OK', 201: 'Created', 204: 'Done' }[route.status];
  return { [route.status]: { description, ...(route.result ? jsonOf(route.result.name) : {}) } };
};

const bodyOf = (route: Route): OpenApi => {
  if (route.kind === 'upload') return { requestBody: { required: true, ...filesOf(route.accepts) } };
  if (route.kind !== 'api' || !route.body) return {};
  return { requestBody: { required: true, ...jsonOf(route.body.name) } };
};

/** What Express writes `:name` in a path, OpenAPI writes `{name}`. */
const PARAMETER = /:(\w+)/g;

const parametersOf = ({ path }: Route): OpenApi => {
  const names = Array.from(path.matchAll(PARAMETER), ([, name]) => name);
  if (names.length === 0) return {};
  const describe = (name: string | undefined): OpenApi => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  });
  return { parameters: names.map(describe) };
};

const operationOf = (route: Route): OpenApi => ({
  operationId: route.operationId,
  summary: route.summary,
  security: needsToken(route) ? [{ token: [] }] : [],
  ...parametersOf(route),
  ...bodyOf(route),
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
  for (const route of routes) {
    const path = route.path.replaceAll(PARAMETER, '{$1}');
    (paths[path] ??= {})[route.method] = operationOf(route);
  }
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
