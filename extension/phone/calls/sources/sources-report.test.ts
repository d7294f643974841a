import { expect, it, vi } from 'vitest';
import { SourcesReport } from './sources-report.ts';

const callId = '10000000-0000-4000-8000-000000000000';
const ON = { callId, microphone: true, camera: true };
const MUTED = { ...ON, microphone: false };

const setUp = () => {
  const request = vi.fn(
    (_event: string, _payload: unknown, _signal?: AbortSignal) => new Promise<never>(() => undefined),
  );
  return {
    request,
    asked: () => request.mock.calls.map(([, sources, signal]) => [sources, signal?.aborted]),
  };
};

it('tells each change once, and only the last one counts', () => {
  const report = new SourcesReport();
  const server = setUp();
  report.follow(ON, server);
  report.follow({ ...ON }, server);
  report.follow(MUTED, server);
  expect(server.asked()).toEqual([
    [ON, true],
    [MUTED, false],
  ]);
});

it('tells it again to a server that may have forgotten', () => {
  const report = new SourcesReport();
  const server = setUp();
  report.follow(MUTED, null);
  report.follow(MUTED, server);
  report.forget();
  report.follow(MUTED, server);
  expect(server.asked()).toEqual([
    [MUTED, true],
    [MUTED, false],
  ]);
});
