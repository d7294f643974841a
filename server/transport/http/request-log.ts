import type { Logger } from 'pino';
import { SOCKETS_PATH } from '../sockets-path.ts';
import type { AnsweredRequest } from './request-watch.ts';

/** Routes that are asked again and again. */
const QUIET: ReadonlySet<string> = new Set(['/healthz', '/readyz', SOCKETS_PATH]);

const levelOf = ({ route, status }: AnsweredRequest): 'debug' | 'info' | 'error' => {
  if (status >= 500 && status !== 503) return 'error';
  return QUIET.has(route) ? 'debug' : 'info';
};

/**
 * One line a request: method, route, status and time. The route is the pattern that answered, or `none`: a path holds
 * ids and codes. No address, header, query or body; health checks and polls only at `debug`.
 */
export const createRequestLog =
  (log: Logger): ((answered: AnsweredRequest) => void) =>
  (answered) => {
    const { method, route, status, seconds } = answered;
    log[levelOf(answered)]({ method, route, status, ms: Math.round(seconds * 1000) }, 'request');
  };
