import { afterEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../testkit/server/start-test-server.ts';
import { withoutPublicPath } from './public-path.ts';

const strippedOf = (publicPath: string, url: string): string | undefined => {
  const request = { url };
  withoutPublicPath(publicPath)(request);
  return request.url;
};

describe('withoutPublicPath', () => {
  it.each([
    ['/call', '/call', '/'],
    ['/call', '/call/', '/'],
    ['/call', '/call?invite=1', '/?invite=1'],
    ['/call', '/call/api/v1/server', '/api/v1/server'],
    ['/tools/call', '/tools/call/socket.io/?EIO=4', '/socket.io/?EIO=4'],
  ])('under %s takes %s for %s', (publicPath, url, stripped) => {
    expect(strippedOf(publicPath, url)).toBe(stripped);
  });

  it.each([
    ['/call', '/api/v1/server'],
    ['/call', '/callers'],
    ['/call', '/'],
    ['', '/call/'],
  ])('under %s leaves %s', (publicPath, url) => {
    expect(strippedOf(publicPath, url)).toBe(url);
  });
});

describe('a server under a path', () => {
  let server: TestServer;
  afterEach(() => server.stop());

  it('answers there and at its root, as its proxy passes the path on or takes it off', async () => {
    server = await startTestServer({ config: { publicPath: '/call' } });
    for (const path of ['/call/', '/call', '/']) {
      const html = await (await fetch(server.url + path)).text();
      expect(html).toContain(`<code>${server.url}/call</code>`);
    }
    const invite = await (await fetch(`${server.url}/call/invite/ABCD-EFGH-JKMN-PQRS-TVWX`)).text();
    expect(invite).toContain(`<code>${server.url}/call</code>`);
    expect((await fetch(`${server.url}/call/api/v1/server`)).status).toBe(200);
    expect((await fetch(`${server.url}/call/call/`)).status).toBe(404);
  });
});
