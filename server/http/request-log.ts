import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

/**
 * One line a request: method, path, status and time. No address, header, query
 * or body; health checks only at `debug`.
 */
export const createRequestLog = (log: Logger): RequestHandler =>
  pinoHttp({
    logger: log,
    quietReqLogger: true,
    customLogLevel: ({ url }, { statusCode }) => {
      if (statusCode >= 500 && statusCode !== 503) return 'error';
      return url === '/healthz' || url === '/readyz' ? 'debug' : 'info';
    },
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request',
    serializers: {
      req: ({ id, method, url }: { id: unknown; method: string; url: string }) => ({
        id,
        method,
        // What stands after /invite/ is a secret.
        path: url
          .split('?', 1)[0]
          ?.replace(/^\/invite\/.*/, '/invite/')
          .slice(0, 100),
      }),
      res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
      err: ({ type }: { type: string }) => ({ type }),
    },
  });
