import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PROTOCOL_VERSION } from '../../../protocol/version.ts';
import { checkServer } from './check-server.ts';

const info = {
  product: 'quick-call',
  version: '1.0.0',
  protocol: PROTOCOL_VERSION,
  registration: 'open',
  provider: null,
};

let http: Server;
let body = '';
let serverUrl = '';
let path = '';

beforeEach(async () => {
  path = '';
  http = createServer((request, response) => {
    response.writeHead(request.url === `${path}/api/v1/server` ? 200 : 404, {
      'content-type': 'application/json',
    });
    response.end(request.url === `${path}/api/v1/server` ? body : 'Not found');
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  serverUrl = `127.0.0.1:${String((http.address() as AddressInfo).port)}`;
});
afterEach(() => {
  http.close();
});

const check = () => checkServer({ serverUrl, insecureConfirmed: false });

it('finds a server of this product', async () => {
  body = JSON.stringify(info);
  expect(await check()).toEqual({ ok: true, serverUrl: `http://${serverUrl}`, server: info });
});

it('finds it under a path, and at the root when the path is that of some page', async () => {
  body = JSON.stringify(info);
  const origin = `http://${serverUrl}`;
  path = '/call';
  serverUrl += '/call/healthz';
  expect(await check()).toEqual({ ok: true, serverUrl: `${origin}/call`, server: info });
  path = '';
  serverUrl = `${origin}/some/page`;
  expect(await check()).toEqual({ ok: true, serverUrl: origin, server: info });
});

it.each([
  [{ ...info, protocol: PROTOCOL_VERSION + 1 }, 'version-too-old'],
  [{ ...info, product: 'something else' }, 'not-a-server'],
  ['<html>', 'not-a-server'],
])('says what is wrong with %j', async (answer, code) => {
  body = typeof answer === 'string' ? answer : JSON.stringify(answer);
  expect(await check()).toEqual({ ok: false, code });
});

it('says when nobody is there', async () => {
  http.close();
  http.closeAllConnections();
  expect(await check()).toEqual({ ok: false, code: 'server-unreachable' });
});
