import type { RequestHandler } from 'express';
import { Refused } from '../../refused.ts';
import type { createAccess } from './access.ts';

const METHODS = 'GET, POST, PUT, PATCH, DELETE';
const HEADERS = 'authorization, content-type';
const PREFLIGHT_S = '600';

/** Refuses whom {@link createAccess} refuses; lets extensions' scripts read answers (CORS). */
export const createGuard =
  (access: ReturnType<typeof createAccess>): RequestHandler =>
  (request, response, next) => {
    const decision = access(request);
    response.vary('Origin');
    if (decision.origin !== null) response.set('Access-Control-Allow-Origin', decision.origin);
    if (!decision.ok) {
      next(new Refused('origin-refused'));
      return;
    }
    if (decision.origin === null) {
      next();
      return;
    }
    if (request.method !== 'OPTIONS') {
      next();
      return;
    }
    response.set({
      'Access-Control-Allow-Methods': METHODS,
      'Access-Control-Allow-Headers': HEADERS,
      'Access-Control-Max-Age': PREFLIGHT_S,
    });
    response.sendStatus(204);
  };
