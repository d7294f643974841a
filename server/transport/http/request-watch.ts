import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';

/** An answered request over HTTP. `route` is the route's own path with its parameters' names, never what was asked for. */
export interface AnsweredRequest {
  route: string;
  method: string;
  status: number;
  seconds: number;
}

/** The route of a request that no route answers: its path is anybody's choice, and would make labels without end. */
const NO_ROUTE = 'none';
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Times requests by the route that answers them. */
export interface RequestWatch {
  /** First of all handlers. */
  watch: RequestHandler;
  /** First of a route's handlers: says which one it is. */
  at(route: string): RequestHandler;
}

/** @param onAnswered is called once an answer is sent, or its connection is gone. */
export const createRequestWatch = (onAnswered: (answered: AnsweredRequest) => void): RequestWatch => {
  const routes = new WeakMap<IncomingMessage, string>();
  return {
    watch(request, response, next) {
      const start = performance.now();
      response.once('close', () => {
        onAnswered({
          route: routes.get(request) ?? NO_ROUTE,
          method: METHODS.has(request.method) ? request.method : 'other',
          status: response.statusCode,
          seconds: (performance.now() - start) / 1000,
        });
      });
      next();
    },
    at: (route) => (request, _response, next) => {
      routes.set(request, route);
      next();
    },
  };
};
