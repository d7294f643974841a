import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { listen } from '../../transport/http/listen.ts';
import { run, started } from '../../../testkit/server/server-process.ts';
import { temporaryFolder } from '../../../testkit/server/temporary-folder.ts';

it('sends what is left of its traces before a process ends', async () => {
  let received = '';
  const collector = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => (received += chunk.toString()));
    request.on('end', () => response.end('{}'));
  });
  onTestFinished(() => void collector.close());
  const port = await listen(collector, { host: '127.0.0.1', port: 0 });
  const endpoint = `http://127.0.0.1:${String(port)}`;
  const server = run(temporaryFolder(), { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
  const url = await started(server);
  expect((await fetch(`${url}/api/v1/server`)).status).toBe(200);
  server.process.kill('SIGTERM');
  expect(await server.exit).toBe(0);
  expect(received).toContain('GET /api/v1/server');
  expect(server.output().err).not.toContain(endpoint);
});
