import type { Logger } from 'pino';
import { createHttpServer } from '../../transport/http/create-http-server.ts';
import { createAccess } from '../../transport/http/access.ts';
import { listen } from '../../transport/http/listen.ts';
import type { OperationSettings } from '../operation-settings.ts';
import { carriesToken } from './metrics-route.ts';
import type { PrometheusMetrics } from './prometheus-metrics.ts';

/**
 * Serves `/metrics`, and nothing else, on a port of its own, if the settings ask for one. It stays up while the
 * server drains, so that the end can be watched too, and does not keep the process alive. Web pages get nothing,
 * not even under a name of their own that resolves to this machine.
 * @throws ConfigError
 */
export const listenForMetrics = async (
  metrics: Pick<PrometheusMetrics, 'read'>,
  { at, token }: NonNullable<OperationSettings['metrics']>,
  allowedHosts: readonly string[],
  log: Logger,
): Promise<void> => {
  if (!at) return;
  const access = createAccess({
    host: at.host,
    allowedHosts,
    extensionIds: [],
    onUnknownHost: (host) => {
      log.warn({ host }, 'host refused on METRICS_PORT: ALLOWED_HOSTS does not name it');
    },
  });
  const http = createHttpServer((request, response) => {
    const end = (status: number): void => {
      response.writeHead(status).end();
    };
    if (!access(request).ok) {
      end(403);
      return;
    }
    if (request.method !== 'GET' || request.url?.split('?', 1)[0] !== '/metrics') {
      end(404);
      return;
    }
    if (token !== null && !carriesToken(request.headers.authorization, token)) {
      end(401);
      return;
    }
    metrics.read().then(
      ({ type, text }) => {
        response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(text);
      },
      (error: unknown) => {
        log.error({ err: error }, 'metrics could not be read');
        end(500);
      },
    );
  });
  http.unref();
  const metricsPort = await listen(http, at, { host: 'METRICS_HOST', port: 'METRICS_PORT' });
  log.info({ metricsPort }, 'metrics');
};
