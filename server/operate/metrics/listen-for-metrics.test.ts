import { createServer, request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ConfigError } from '../../config-error.ts';
import { createLog } from '../../log.ts';
import { listenForMetrics } from './listen-for-metrics.ts';
import { createPrometheusMetrics } from './prometheus-metrics.ts';

const start = async (token: string | null): Promise<string> => {
  const logged: string[] = [];
  const log = createLog('info', { write: (line) => void logged.push(line) });
  await listenForMetrics(
    createPrometheusMetrics('1.2.3'),
    { at: { host: '127.0.0.1', port: 0 }, token },
    ['metrics.example'],
    log,
  );
  return `http://127.0.0.1:${/"metricsPort":(\d+)/.exec(logged.join(''))?.[1] ?? ''}`;
};

describe('metrics on a port of their own', () => {
  it('are served, and nothing else', async () => {
    const url = await start(null);
    const answer = await fetch(`${url}/metrics?any=thing`);
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    expect(await answer.text()).toContain('nodejs_eventloop_lag_p99_seconds');
    expect((await fetch(`${url}/healthz`)).status).toBe(404);
    expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(404);
  });

  it('are not served to a web page, even if its name resolves to this machine', async () => {
    const url = await start(null);
    const statusFor = async (headers: Record<string, string>): Promise<number | undefined> => {
      const asked = request(`${url}/metrics`, { headers });
      asked.end();
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      answer.resume();
      return answer.statusCode;
    };
    for (const host of ['127.0.0.1:9464', 'localhost', '[::1]:9464', '10.0.0.7', 'metrics.example:9464']) {
      expect([host, await statusFor({ host })]).toEqual([host, 200]);
    }
    for (const host of ['evil.example', 'evil.example:9464', '127.0.0.1.evil.example', 'a b']) {
      expect([host, await statusFor({ host })]).toEqual([host, 403]);
    }
    expect(await statusFor({ host: '127.0.0.1', origin: 'https://evil.example' })).toBe(403);
  });

  it('ask for the token there, too, when there is one', async () => {
    const url = await start('a-token-of-the-operator');
    expect((await fetch(`${url}/metrics`)).status).toBe(401);
    const headers = { authorization: 'Bearer a-token-of-the-operator' };
    expect((await fetch(`${url}/metrics`, { headers })).status).toBe(200);
  });

  it('name METRICS_PORT when it is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const at = { host: '127.0.0.1', port };
    const listening = listenForMetrics(
      createPrometheusMetrics('1'),
      { at, token: null },
      [],
      createLog('silent'),
    );
    await expect(listening).rejects.toThrow(
      new ConfigError(`METRICS_PORT: ${String(port)} is taken by another program`),
    );
  });
});
