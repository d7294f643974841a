import type { Server as HttpServer } from 'node:http';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { Server } from 'socket.io';
import { LIMITS } from '../../../protocol/limits.ts';
import type { Config } from '../../config.ts';
import type { CreateLimiter } from '../../limits/limiter.ts';
import type { FanOut } from '../../live.ts';
import type { Admission } from '../create-admission.ts';
import type { TransportObserver } from '../observer.ts';
import { createAnnouncer, type Announcer } from './announcer.ts';
import { attachApart } from './attach-apart.ts';
import { boundedParser } from './bounded-parser.ts';
import { createPolls } from './create-polls.ts';
import { takeUpgrades } from './take-upgrades.ts';
import type { PhoneServer } from './typed-io.ts';
import { watchSilentReaders, watchSlowConsumers } from './watch-slow-consumers.ts';

/** Milliseconds; a machine that falls silent is noticed in 23 s. */
const PING_INTERVAL = 15_000;
const PING_TIMEOUT = 8000;
/** How long a connection may stay without a handshake. */
const CONNECT_TIMEOUT = 10_000;

/** Socket.IO, bounded, closed to web pages and to floods. */
const createPhoneServer = (
  { access, arrivals }: Admission,
  { longPolling }: Pick<Config, 'longPolling'>,
  log: Logger,
): PhoneServer =>
  new Server({
    transports: longPolling ? ['websocket', 'polling'] : ['websocket'],
    // A phone chooses; a connection stays what it is.
    allowUpgrades: false,
    httpCompression: false,
    serveClient: false,
    maxHttpBufferSize: LIMITS.frameBytes,
    pingInterval: PING_INTERVAL,
    pingTimeout: PING_TIMEOUT,
    connectTimeout: CONNECT_TIMEOUT,
    parser: boundedParser,
    allowRequest: (request, decide) => {
      const decision = access(request);
      if (!decision.ok) {
        decide('origin-refused', false);
        return;
      }
      arrivals
        .mayConnect(request)
        .then((may) => {
          decide(may ? null : 'rate-limited', may);
        })
        .catch((error: unknown) => {
          log.error({ err: error }, 'a connection could not be admitted');
          decide('server-error', false);
        });
    },
  });

/** The live connections of phones. */
export interface Sockets {
  readonly io: PhoneServer;
  readonly announcer: Announcer;
  /** Answers the requests of phones that poll; null: that is off. */
  readonly polls: RequestHandler | null;
  /** Takes the HTTP server's websockets. Once. */
  attach(http: HttpServer): void;
}

export const createSockets = ({
  config,
  admission,
  createLimiter,
  fanOut,
  observer,
  log,
}: {
  config: Pick<Config, 'longPolling' | 'publicPath'>;
  admission: Admission;
  createLimiter: CreateLimiter;
  fanOut: FanOut;
  observer: TransportObserver;
  log: Logger;
}): Sockets => {
  const io = createPhoneServer(admission, config, log);
  const apart = attachApart(io);
  const onSlow = (): void => {
    observer.slowConsumer();
    log.warn('a phone that does not read was cut off');
  };
  fanOut.attach(io);
  observer.connections(io);
  watchSlowConsumers(io, onSlow);
  return {
    io,
    announcer: observer.announcer(createAnnouncer(io), io),
    polls: config.longPolling ? createPolls({ ...admission, io, apart, createLimiter }) : null,
    attach(http) {
      takeUpgrades(http, apart, config.publicPath);
      watchSilentReaders(io, onSlow);
    },
  };
};
