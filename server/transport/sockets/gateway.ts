import type { Logger } from 'pino';
import type { Ack } from '../../../protocol/events.ts';
import type { Accounts } from '../../account/accounts.ts';
import type { ArrivalLimits } from '../http/arrival-limits.ts';
import type { LimitEvent } from './event-limits.ts';
import type { FloodPauses } from './flood-pauses.ts';
import { Refused } from '../../refused.ts';
import { Turns } from '../../turns.ts';
import type { TransportObserver } from '../observer.ts';
import { checkHandshake, HandshakeRefused } from './handshake.ts';
import type { Receive } from './receive.ts';
import type { Reception } from './reception.ts';
import { releaseHandshake } from './release-handshake.ts';
import type { PhoneServer } from './typed-io.ts';

/**
 * The queue that an event waits in, so that a favourite that is marked and unmarked ends unmarked, also where the
 * database has more than one connection. Null: it does not wait, because calls have an order of their own, and
 * ringing never waits.
 */
const lineOf = (event: unknown): string | null => {
  const [line = ''] = String(event).split(':', 1);
  return line === 'call' ? null : line;
};

const isAcknowledge = (value: unknown): value is (answer: Ack<object>) => void => typeof value === 'function';

/** How many events may wait for a phone's arrival, which nothing else bounds: more than a phone sends. 4 MB at most. */
const EARLY_EVENTS = 64;

const tooOften = (retryAfter: number): Ack<object> => ({ ok: false, code: 'rate-limited', retryAfter });

interface GatewayDeps {
  accounts: Pick<Accounts, 'authenticate'>;
  arrivals: Pick<ArrivalLimits, 'admitHandshake'>;
  limitEvent: LimitEvent;
  floods: FloodPauses;
  isDraining: () => boolean;
  observer: Pick<TransportObserver, 'events' | 'handshakeRefused'>;
  receive: Receive;
  /** What a phone sends is handled after its arrival; its departure comes after both. */
  reception: Reception;
  log: Logger;
}

/** Takes phones in: handshake, arrival, events in order of arrival, departure. */
export const openGateway = (io: PhoneServer, deps: GatewayDeps): void => {
  const { log, reception, observer } = deps;
  const { receive, limitEvent } = observer.events(deps);

  io.use((socket, next) => {
    deps.arrivals
      .admitHandshake(socket.request)
      .then(() => checkHandshake(socket.handshake.auth, deps))
      .then(
        (data) => {
          Object.assign(socket.data, data);
          next();
        },
        (error: unknown) => {
          if (!(error instanceof Refused)) log.error({ err: error }, 'a handshake failed');
          const refused = error instanceof Refused ? error : new Refused('server-error');
          observer.handshakeRefused(refused.code);
          next(new HandshakeRefused(refused));
        },
      );
  });

  io.on('connection', (socket) => {
    releaseHandshake(socket);
    const { phone } = socket.data;
    const { instanceId } = phone;
    /**
     * A refusal is no error of the server: many phones of one person at once may be too much for what the nodes
     * share.
     */
    const noteFailure = (error: unknown, what: string): void => {
      if (error instanceof Refused) log.warn({ code: error.code, instanceId }, what);
      else log.error({ err: error, instanceId }, what);
    };
    const arrived = reception.arrive(socket).catch((error: unknown) => {
      noteFailure(error, 'an arrival failed');
      // Not disconnect(): the phone comes back from this and tries again.
      socket.conn.close();
    });

    // Events are counted one after the other, so that none overtakes another.
    let turn: Promise<unknown> = arrived;
    const lines = new Turns<string>();
    const receiveInTurn = (event: unknown, args: readonly unknown[]): Promise<Ack<object> | null> => {
      const line = lineOf(event);
      const answer = () => receive(phone, event, args);
      return line === null ? answer() : lines.take(line, answer);
    };
    let early = 0;
    let hasArrived = false;
    void arrived.then(() => {
      hasArrived = true;
    });
    const answerInTurn = async (event: unknown, args: readonly unknown[]): Promise<Ack<object> | null> => {
      if (!hasArrived && (early += 1) > EARLY_EVENTS) return tooOften(1);
      const admitted = turn.then(() => limitEvent(phone, event));
      turn = admitted;
      const wait = await admitted;
      return wait === null ? receiveInTurn(event, args) : tooOften(wait);
    };
    const endFlood = async (): Promise<void> => {
      if (!socket.connected || !(await deps.floods.refused(phone))) return;
      log.warn(
        { instanceId: phone.instanceId },
        'a phone that went on with what is refused was disconnected',
      );
      // Not disconnect(): the phone comes back from this, is told how long to wait, and waits.
      socket.conn.close();
    };
    socket.use(([event, ...rest]: unknown[]) => {
      const last = rest.at(-1);
      const acknowledge = isAcknowledge(last) ? last : null;
      const args = acknowledge ? rest.slice(0, -1) : rest;
      answerInTurn(event, args)
        .then(async (answer) => {
          if (answer) acknowledge?.(answer);
          else socket.data.unknownEvents += 1;
          if (answer?.ok === false) await endFlood();
        })
        .catch((error: unknown) => {
          noteFailure(error, 'an event could not be received');
          socket.conn.close();
        });
    });

    socket.on('disconnect', (reason) => {
      const forGood = reason === 'server namespace disconnect';
      log.debug({ instanceId, reason, unknownEvents: socket.data.unknownEvents }, 'phone gone');
      // A connection whose phone has left serves nobody, and would stay as long as it answers pings.
      if (reason === 'client namespace disconnect') socket.conn.close();
      arrived
        .then(() => reception.depart(socket, { forGood }))
        .catch((error: unknown) => {
          noteFailure(error, 'a departure failed');
        });
    });
  });
};
