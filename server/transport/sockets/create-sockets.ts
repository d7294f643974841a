import type { Server as HttpServer } from 'node:http';
import type { Logger } from 'pino';
import { Server } from 'socket.io';
import { LIMITS } from '../../../protocol/limits.ts';
import type { FanOut } from '../../live.ts';
import type { Admission } from '../create-admission.ts';
import type { TransportObserver } from '../observer.ts';
import { createAnnouncer, type Announcer } from './announcer.ts';
import { boundedParser } from './bounded-parser.ts';
import { takeUpgrades } from './take-upgrades.ts';
import type { PhoneServer } from './typed-io.ts';
import { watchSilentReaders, watchSlowConsumers } from './watch-slow-consumers.ts';

/** Milliseconds; a machine that falls silent is noticed in 23 s. */
const PING_INTERVAL = 15_000;
const PING_TIMEOUT = 8000;
/** How long a connection may stay without a handshake. */
const CONNECT_TIMEOUT = 10_000;

/** Socket.IO, websocket only, bounded, closed to web pages and to floods. */
const createPhoneServer = ({ access, arrivals }: Admission, log: Logger): PhoneServer =>
  new Server({
    transports: ['websocket'],
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
  /** Takes the HTTP server's websockets. Once. */
  attach(http: HttpServer): void;
}

export const createSockets = ({
  admission,
  fanOut,
  observer,
  log,
}: {
  admission: Admission;
  fanOut: FanOut;
  observer: TransportObserver;
  log: Logger;
}): Sockets => {
  const io = createPhoneServer(admission, log);
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
    attach(http) {
      takeUpgrades(http, io);
      watchSilentReaders(io, onSlow);
    },
  };
};
