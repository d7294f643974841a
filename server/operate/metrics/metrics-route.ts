import { createHash, timingSafeEqual } from 'node:crypto';
import type { Route } from '../../transport/http/route.ts';
import { Refused } from '../../refused.ts';
import type { OperationSettings } from '../operation-settings.ts';
import type { PrometheusMetrics } from './prometheus-metrics.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether an `Authorization` header carries the token; compared in a time that reveals nothing of it. */
export const carriesToken = (header: string | undefined, token: string): boolean => {
  const given = /^bearer (.+)$/i.exec(header ?? '')?.[1];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
};

/** `/metrics` on the server's own port, for requests that carry the operator's token. */
const metricsRoute = (metrics: Pick<PrometheusMetrics, 'read'>, token: string): Route => ({
  kind: 'plain',
  method: 'get',
  path: '/metrics',
  operationId: 'metrics',
  summary: 'What the server counts about itself, for Prometheus; with the token that METRICS_TOKEN names',
  produces: 'text/plain',
  problems: ['unauthorized'],
  async serve(request, response) {
    if (!carriesToken(request.headers.authorization, token)) throw new Refused('unauthorized');
    const { type, text } = await metrics.read();
    response.set('Cache-Control', 'no-store').type(type).send(text);
  },
});

/** The route, if metrics are to be read on the server's own port; none if they have a port of their own, or are off. */
export const metricsRoutes = (
  metrics: Pick<PrometheusMetrics, 'read'> | null | undefined,
  settings: OperationSettings['metrics'],
): Route[] =>
  metrics && settings?.at === null && settings.token !== null ? [metricsRoute(metrics, settings.token)] : [];
