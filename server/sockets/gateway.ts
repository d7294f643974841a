import type { Logger } from 'pino';
import { Server } from 'socket.io';
import type { Ack } from '../../protocol/events.ts';
import { LIMITS } from '../../protocol/limits.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { createAccess } from '../http/access.ts';
import { Refused } from '../refused.ts';
import { boundedParser } from './bounded-parser.ts';
import { checkHandshake, HandshakeRefused } from './handshake.ts';
import type { Receive } from './receive.ts';
import type { Reception } from './reception.ts';
import type { PhoneServer } from './typed-io.ts';

/** Milliseconds; a machine that falls silent is noticed in 23 s. */
const PING_INTERVAL = 15_000;
const PING_TIMEOUT = 8000;
/** How long a connection may stay without a handshake. */
const CONNECT_TIMEOUT = 10_000;

/** Socket.IO, not yet attached to an HTTP server: websocket only, bounded, closed to web pages. */
export const createPhoneServer = (access: ReturnType<typeof createAccess>): PhoneServer =>
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
      decide(decision.ok ? null : 'origin-refused', decision.ok);
    },
  });

const isAcknowledge = (value: unknown): value is (answer: Ack<object>) => void => typeof value === 'function';

interface GatewayDeps {
  accounts: Pick<Accounts, 'authenticate'>;
  isDraining: () => boolean;
  receive: Receive;
  /** What a phone sends is handled after its arrival; its departure comes after both. */
  reception: Reception;
  log: Logger;
}

/** Takes phones in: handshake, arrival, events in order of arrival, departure. */
export const openGateway = (io: PhoneServer, deps: GatewayDeps): void => {
  const { log, reception } = deps;

  io.use((socket, next) => {
    checkHandshake(socket.handshake.auth, deps).then(
      (data) => {
        Object.assign(socket.data, data);
        next();
      },
      (error: unknown) => {
        if (!(error instanceof Refused)) log.error({ err: error }, 'a handshake failed');
        next(new HandshakeRefused(error instanceof Refused ? error.code : 'server-error'));
      },
    );
  });

  io.on('connection', (socket) => {
    const { phone } = socket.data;
    const arrived = reception.arrive(socket).catch((error: unknown) => {
      log.error({ err: error, instanceId: phone.instanceId }, 'an arrival failed');
      // Not disconnect(): the phone comes back from this and tries again.
      socket.conn.close();
    });

    socket.use(([event, ...rest]: unknown[]) => {
      const last = rest.at(-1);
      const acknowledge = isAcknowledge(last) ? last : null;
      const args = acknowledge ? rest.slice(0, -1) : rest;
      void arrived
        .then(() => deps.receive(phone, event, args))
        .then((answer) => {
          if (answer) acknowledge?.(answer);
          else socket.data.unknownEvents += 1;
        });
    });

    socket.on('disconnect', (reason) => {
      const forGood = reason === 'server namespace disconnect';
      log.debug(
        { instanceId: phone.instanceId, reason, unknownEvents: socket.data.unknownEvents },
        'phone gone',
      );
      arrived
        .then(() => reception.depart(socket, { forGood }))
        .catch((error: unknown) => {
          log.error({ err: error, instanceId: phone.instanceId }, 'a departure failed');
        });
    });
  });
};
