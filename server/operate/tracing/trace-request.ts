import type { RequestHandler } from 'express';
import type { Route } from '../../transport/http/route.ts';
import type { Tracer } from './tracer.ts';

/** Each request as a trace, by its route: neither what was asked for nor who asked. */
export const traceRequest = (
  { method, path }: Pick<Route, 'method' | 'path'>,
  handler: RequestHandler,
  tracer: Pick<Tracer, 'root'>,
): RequestHandler => {
  const verb = method.toUpperCase();
  const facts = { 'http.request.method': verb, 'http.route': path };
  return (request, response, next) =>
    tracer.root(`${verb} ${path}`, facts, async (span) => {
      await handler(request, response, next);
      span.tell({ 'http.response.status_code': response.statusCode });
    });
};
