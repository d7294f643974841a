import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import { CLIENT_EVENTS } from '../../../protocol/events.ts';
import { testSdp } from '../../../testkit/server/descriptions.ts';
import { createFakeClock } from '../../../testkit/server/fake-clock.ts';
import {
  startTestServer,
  type TestServer,
  type TestServerOptions,
} from '../../../testkit/server/start-test-server.ts';
import { createPrometheusMetrics, type PrometheusMetrics } from './prometheus-metrics.ts';

const TOKEN = 'a-token-of-the-operator';

let server: TestServer;
afterEach(() => server.stop());

const startMeasured = async (options: TestServerOptions = {}): Promise<PrometheusMetrics> => {
  const metrics = createPrometheusMetrics('1.2.3');
  server = await startTestServer({
    ...options,
    deps: (deps) => ({ ...(options.deps?.(deps) ?? deps), metrics }),
  });
  return metrics;
};

/** A sample's value; 0 where there is none yet. */
const valueOf = async (metrics: PrometheusMetrics, sample: string): Promise<number> => {
  const { text } = await metrics.read();
  const line = text.split('\n').find((each) => each.startsWith(`${sample} `));
  return Number(line?.slice(sample.length + 1) ?? 0);
};

describe('metrics', () => {
  it('count a call from the click to the end', async () => {
    const clock = createFakeClock();
    const metrics = await startMeasured({ clock });
    const [ada, bob] = [await server.signUp('ada'), await server.signUp('bob')];
    const [from, to] = [await server.phone(ada), await server.phone(bob)];
    expect(await valueOf(metrics, 'quick_call_phones')).toBe(2);
    const callId = randomUUID();
    const invite = { callId, to: bob.account.userId, media: 'audio', offer: testSdp('offer') } as const;
    await from.request('call:invite', invite);
    await from.request('call:invite', invite);
    clock.advance(300);
    await to.request('call:ringing', { callId });
    await to.request('call:ringing', { callId });
    clock.advance(3000);
    await to.request('call:accept', { callId, answer: testSdp('answer') });
    clock.advance(150);
    await from.request('call:connected', { callId });
    await to.request('call:connected', { callId });
    await from.request('call:end', { callId });
    const expected = {
      'quick_call_calls_placed_total{media="audio"}': 1,
      'quick_call_calls_ended_total{reason="hung-up"}': 1,
      'quick_call_setup_seconds_count{phase="ringing"}': 1,
      'quick_call_setup_seconds_sum{phase="ringing"}': 0.3,
      'quick_call_setup_seconds_sum{phase="accepted"}': 3.3,
      'quick_call_setup_seconds_count{phase="connected"}': 1,
      'quick_call_setup_seconds_sum{phase="connected"}': 0.15,
      'quick_call_events_total{event="call:invite",result="ok"}': 2,
      'quick_call_event_seconds_count{event="call:connected"}': 2,
      quick_call_leases_expired_total: 0,
      quick_call_connections_total: 2,
    };
    for (const [sample, value] of Object.entries(expected)) {
      expect([sample, await valueOf(metrics, sample)]).toEqual([sample, value]);
    }
    expect(await valueOf(metrics, 'quick_call_presence_deliveries_total')).toBeGreaterThan(0);
  });

  it('count glare, locks, limits, refusals and departures', async () => {
    const metrics = await startMeasured({ config: { rateLimitFactor: 1 } });
    const [ada, bob, cy] = [
      await server.signUp('ada'),
      await server.signUp('bob'),
      await server.signUp('cyril'),
    ];
    const [adaPhone, bobPhone, cyPhone] = [
      await server.phone(ada),
      await server.phone(bob),
      await server.phone(cy),
    ];
    const invite = (to: string) =>
      ({ callId: randomUUID(), to, media: 'audio', offer: testSdp('offer') }) as const;
    const first = invite(bob.account.userId);
    await adaPhone.request('call:invite', first);
    await bobPhone.request('call:invite', invite(ada.account.userId));
    await bobPhone.request('call:accept', { callId: first.callId, answer: testSdp('answer') });
    await cyPhone.request('call:invite', invite(ada.account.userId));
    for (let i = 0; i < 30; i += 1) await cyPhone.raw('call:invite', null);
    cyPhone.socket.emit('no such event', {});
    const closed = cyPhone.closed();
    await server.signOut(cy);
    await closed;
    const stranger = server.dial({ token: cy.token });
    expect(await stranger.refused()).toBe('unauthorized');
    const expected = {
      quick_call_glare_total: 1,
      'quick_call_lock_conflicts_total{event="invite"}': 1,
      'quick_call_rate_limited_total{limit="invites:account"}': 1,
      'quick_call_events_total{event="call:invite",result="rate-limited"}': 1,
      'quick_call_events_total{event="unknown",result="ok"}': 1,
      'quick_call_handshakes_refused_total{code="unauthorized"}': 1,
      'quick_call_disconnections_total{reason="server namespace disconnect"}': 1,
    };
    for (const [sample, value] of Object.entries(expected)) {
      expect([sample, await valueOf(metrics, sample)]).toEqual([sample, value]);
    }
  });

  it('have labels from closed lists only: no request can add to them, and nobody is named', async () => {
    const metrics = await startMeasured();
    const ada = await server.signUp('ada');
    const phone = await server.phone(ada);
    for (const path of ['/x', '/api/v1/people/someone/picture', `/invite/${'A'.repeat(16)}`]) {
      await fetch(`${server.url}${path}?secret=1`, { method: 'PROPFIND' });
      await fetch(`${server.url}${path}?secret=1`);
    }
    await phone.raw('presence:set', { status: 'away' });
    for (const event of ['x', '__proto__', 'constructor']) phone.socket.emit(event, {});
    await phone.raw('presence:set', { status: 'away' });
    const { text } = await metrics.read();
    for (const personal of [
      'ada',
      ada.account.userId,
      ada.token,
      phone.instanceId,
      '127.0.0.1',
      'secret',
      'someone',
    ]) {
      expect([personal, text.includes(personal)]).toEqual([personal, false]);
    }
    const routes = new Set([...text.matchAll(/route="([^"]*)"/g)].map((match) => match[1]));
    const known = new Set(['none', ...server.app.routes.map(({ path }) => path)]);
    expect([...routes].filter((route) => route === undefined || !known.has(route))).toEqual([]);
    expect(routes).toContain('/invite/:code');
    const events = [...text.matchAll(/quick_call_events_total\{event="([^"]*)"/g)].map(
      (match) => match[1] ?? '',
    );
    expect(events.filter((event) => event !== 'unknown' && !(event in CLIENT_EVENTS))).toEqual([]);
  });

  it('are at /metrics for requests with the token, and not found without it', async () => {
    await startMeasured({ config: readConfig({ PORT: '0', METRICS_TOKEN: TOKEN }) });
    const ask = (headers: Record<string, string>) => fetch(`${server.url}/metrics`, { headers });
    expect((await ask({})).status).toBe(401);
    expect((await ask({ authorization: `Bearer ${TOKEN}x` })).status).toBe(401);
    const answer = await ask({ authorization: `Bearer ${TOKEN}` });
    expect([answer.status, await answer.text()]).toEqual([
      200,
      expect.stringMatching(/^quick_call_info\{version="1\.2\.3"\} 1$/m),
    ]);
    await server.stop();
    await startMeasured();
    expect((await ask({ authorization: `Bearer ${TOKEN}` })).status).toBe(404);
  });

  it('tell how many passwords wait to be hashed, and whether the server drains', async () => {
    const metrics = await startMeasured({
      deps: (deps) => ({
        ...deps,
        passwords: { ...deps.passwords, load: () => ({ running: 2, waiting: 7 }) },
      }),
    });
    expect(await valueOf(metrics, 'quick_call_password_hashes{state="waiting"}')).toBe(7);
    expect(await valueOf(metrics, 'quick_call_draining')).toBe(0);
    await server.stop();
    expect(await valueOf(metrics, 'quick_call_draining')).toBe(1);
  });
});
