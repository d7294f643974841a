import type { RequestHandler } from 'express';
import type { ErrorCode } from '../../protocol/errors.ts';
import type { AnsweredRequest } from './http/request-watch.ts';
import type { Route } from './http/route.ts';
import type { Announcer } from './sockets/announcer.ts';
import type { LimitEvent } from './sockets/event-limits.ts';
import type { Receive } from './sockets/receive.ts';
import type { PhoneServer } from './sockets/typed-io.ts';

/** What a phone's event goes through. */
export interface EventPath {
  readonly receive: Receive;
  readonly limitEvent: LimitEvent;
}

/** Watches what comes in and goes out, for metrics and traces. */
export interface TransportObserver {
  handshakeRefused(code: ErrorCode): void;
  /** A connection was closed because its phone did not read. */
  slowConsumer(): void;
  requestAnswered(answered: AnsweredRequest): void;
  /** Called once, before the first phone connects. */
  connections(io: PhoneServer): void;
  /** The announcer to use instead. */
  announcer(announcer: Announcer, io: PhoneServer): Announcer;
  /** The path to use instead. */
  events(path: EventPath): EventPath;
  /** The handler of a route to use instead. */
  handler(route: Pick<Route, 'method' | 'path'>, handler: RequestHandler): RequestHandler;
}

const nothing = (): void => undefined;

/** For a server that nobody watches: nothing is spent on it. */
export const unobserved: TransportObserver = {
  handshakeRefused: nothing,
  slowConsumer: nothing,
  requestAnswered: nothing,
  connections: nothing,
  announcer: (announcer) => announcer,
  events: (path) => path,
  handler: (_route, handler) => handler,
};
