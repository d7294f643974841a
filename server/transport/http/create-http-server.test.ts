import { describe, expect, it, onTestFinished } from 'vitest';
import { createHttpServer } from './create-http-server.ts';
import { listen } from './listen.ts';
import { RawConnection } from '../../../testkit/server/raw-connection.ts';

const serve = async (silence = 10_000): Promise<string> => {
  const server = createHttpServer((_request, response) => response.end('answered'), '', {
    ...{ headers: 100, request: 200, silence, check: 20 },
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${String(await listen(server, { host: '127.0.0.1', port: 0 }))}`;
};

const answerTo = async (url: string, bytes: string): Promise<string> => {
  const connection = await RawConnection.open(url);
  await connection.write(bytes);
  await connection.ended();
  await connection.reset();
  return connection.received;
};

describe('an HTTP server', () => {
  it.each([
    ['nothing', '', /^HTTP\/1\.1 408 /],
    ['half a header', 'GET / HTTP/1.1\r\nHost: a\r\nX', /^HTTP\/1\.1 408 /],
    [
      'half a body',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx',
      /^HTTP\/1\.1 (200 .*answered|408 )/s,
    ],
    ['no HTTP', '\x16\x03\x01\x02\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['too long a header', `GET / HTTP/1.1\r\nHost: ${'a'.repeat(20_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
  ])('answers and closes a connection that sends %s', async (_what, bytes, answer) => {
    expect(await answerTo(await serve(), bytes)).toMatch(answer);
  });

  it('closes a connection in which nothing happens', async () => {
    expect(await answerTo(await serve(50), '')).toBe('');
  });

  it('answers in HTTP/1.1 a client that offers an upgrade to HTTP/2', async () => {
    const offer =
      'Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n';
    const answer = await answerTo(await serve(), `GET / HTTP/1.1\r\nHost: a\r\n${offer}\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 .*answered/s);
  });

  it('bounds what it waits for where nobody says otherwise', () => {
    const { headersTimeout, requestTimeout, timeout } = createHttpServer(() => undefined);
    for (const time of [headersTimeout, requestTimeout, timeout]) {
      expect(time).toBeGreaterThan(0);
      expect(time).toBeLessThanOrEqual(60_000);
    }
  });
});
