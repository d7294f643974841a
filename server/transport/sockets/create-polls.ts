import type { Server as HttpServer } from 'node:http';
import type { RequestHandler } from 'express';
import { admit } from '../../limits/admit.ts';
import type { CreateLimiter } from '../../limits/limiter.ts';
import { Refused } from '../../refused.ts';
import type { ArrivalLimits } from '../http/arrival-limits.ts';
import { SOCKETS_PATH } from '../sockets-path.ts';
import type { EngineConnection, PhoneServer } from './typed-io.ts';

interface PollsParts {
  io: PhoneServer;
  /** What `attachApart` made of it. */
  apart: HttpServer;
  createLimiter: CreateLimiter;
  arrivals: Pick<ArrivalLimits, 'admitRequest'>;
}

/**
 * Long-polling, for phones whose network refuses websockets: gives Socket.IO the requests of its own path that open or
 * continue such a connection. Many people behind one proxy have one address, so that a connection that is known has a
 * limit of its own.
 */
export const createPolls = ({ io, apart, createLimiter, arrivals }: PollsParts): RequestHandler => {
  const polls = createLimiter('polls:connection');
  const known = new Set<string>();
  io.engine.on('connection', (connection: EngineConnection) => {
    if (connection.transport.name !== 'polling') return;
    known.add(connection.id);
    connection.once('close', () => known.delete(connection.id));
  });
  return async (request, response, next) => {
    // As Engine.IO reads it: of a parameter that comes twice, the last counts.
    const { pathname, searchParams } = new URL(request.originalUrl, 'http://localhost');
    const query = new Map(searchParams);
    if (pathname !== `${SOCKETS_PATH}/` || query.get('transport') !== 'polling') {
      next();
      return;
    }
    // `j` asks for a script, which any web page could load.
    const isOurs = (request.method === 'GET' || request.method === 'POST') && !query.has('j');
    if (!isOurs) throw new Refused('bad-request');
    const sid = query.get('sid');
    if (sid !== undefined && known.has(sid)) await admit(polls, sid);
    else await arrivals.admitRequest(request);
    // Express has taken off the path at which this handler is mounted.
    request.url = request.originalUrl;
    apart.emit('request', request, response);
  };
};
