import type { Express } from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { bareHttp } from '../../../testkit/server/bare-http.ts';
import { startTestServer, type TestServer } from '../../../testkit/server/start-test-server.ts';

let server: TestServer;
afterEach(() => server.stop());

const documentSchema = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ operationId: z.string() }))),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

const layerSchema = z.object({
  route: z.object({ path: z.string(), methods: z.record(z.string(), z.boolean()) }).optional(),
});

const readDocument = async () =>
  documentSchema.parse(await (await fetch(`${server.url}/api/v1/openapi.json`)).json());

/** What Express really has, read from its router. */
const mounted = (app: Express): string[] =>
  z
    .array(layerSchema)
    .parse(app.router.stack)
    .flatMap(({ route }) =>
      route
        ? Object.keys(route.methods).map((method) => `${method} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`)
        : [],
    );

describe('OpenAPI', () => {
  it('describes every route that is mounted, and no other', async () => {
    server = await startTestServer();
    const app = bareHttp(server.app.routes);
    const { paths } = await readDocument();
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    );
    expect(described.sort()).toEqual(mounted(app).sort());
    expect(described).toContain('post /api/v1/accounts');
    expect(paths['/api/v1/people/{userId}/picture']?.['get']).toMatchObject({
      security: [{ token: [] }],
      parameters: [{ name: 'userId', in: 'path', required: true }],
    });
  });

  it('refers only to schemas that it has, and has none that nobody refers to', async () => {
    server = await startTestServer();
    const document = await readDocument();
    const text = JSON.stringify(document);
    const used = new Set([...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map((match) => match[1]));
    expect([...used].sort()).toEqual(Object.keys(document.components.schemas).sort());
  });

  it('gives every operation its own id', async () => {
    server = await startTestServer();
    const { paths } = await readDocument();
    const ids = Object.values(paths).flatMap((operations) =>
      Object.values(operations).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('describes bodies as they are checked', async () => {
    server = await startTestServer();
    const { components } = await readDocument();
    expect(components.schemas['SignUp']).toMatchObject({
      type: 'object',
      required: ['username', 'displayName', 'password'],
      additionalProperties: false,
    });
  });
});
