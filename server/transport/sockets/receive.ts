import type { Logger } from 'pino';
import type * as z from 'zod';
import {
  CLIENT_EVENTS,
  refuse,
  type Ack,
  type ClientEvent,
  type ClientPayload,
  type ClientResult,
} from '../../../protocol/events.ts';
import { refusalOf } from '../../../protocol/refusal-of.ts';
import type { Caller } from '../../calls/call-record.ts';
import { Refused } from '../../refused.ts';
import { TOO_LARGE } from './bounded-parser.ts';

/** What an event's handler is: the payload is parsed, the sender stamped. */
export type Handlers = {
  readonly [E in ClientEvent]: (from: Caller, payload: ClientPayload<E>) => Promise<Ack<ClientResult<E>>>;
};

/** Counts what happens on all connections, for whoever watches the server. */
export interface Traffic {
  events: number;
  unknownEvents: number;
  refusedEvents: number;
  /** Sent too often, and answered without being looked at. */
  limitedEvents: number;
  failedEvents: number;
}

/** Answers one event of a phone; null when the event is none this version knows. Never rejects. */
export type Receive = (from: Caller, event: unknown, args: readonly unknown[]) => Promise<Ack<object> | null>;

type Receiver = (from: Caller, payload: unknown) => Promise<Ack<object>>;

const receiver =
  <P extends z.ZodType, R extends object>(
    { payload: schema }: { payload: P },
    handle: (from: Caller, payload: z.output<P>) => Promise<Ack<R>>,
  ): Receiver =>
  (from, payload) => {
    const parsed = schema.safeParse(payload);
    return parsed.success
      ? handle(from, parsed.data)
      : Promise.resolve({ ok: false, ...refusalOf(parsed.error) });
  };

/**
 * The one way in for everything that phones send: unknown events are counted
 * and ignored, payloads parsed, refusals and failures turned into codes. What a
 * handler throws reaches the sender as a code, the log in full, and nobody else.
 */
export const createReceive = (handlers: Handlers, traffic: Traffic, log: Logger): Receive => {
  const receivers: Readonly<Record<ClientEvent, Receiver>> = {
    'presence:set': receiver(CLIENT_EVENTS['presence:set'], handlers['presence:set']),
    'presence:text': receiver(CLIENT_EVENTS['presence:text'], handlers['presence:text']),
    'presence:last-seen': receiver(CLIENT_EVENTS['presence:last-seen'], handlers['presence:last-seen']),
    'presence:idle': receiver(CLIENT_EVENTS['presence:idle'], handlers['presence:idle']),
    'privacy:set': receiver(CLIENT_EVENTS['privacy:set'], handlers['privacy:set']),
    'contact:mark': receiver(CLIENT_EVENTS['contact:mark'], handlers['contact:mark']),
    'contact:request': receiver(CLIENT_EVENTS['contact:request'], handlers['contact:request']),
    'contact:cancel': receiver(CLIENT_EVENTS['contact:cancel'], handlers['contact:cancel']),
    'contact:accept': receiver(CLIENT_EVENTS['contact:accept'], handlers['contact:accept']),
    'contact:decline': receiver(CLIENT_EVENTS['contact:decline'], handlers['contact:decline']),
    'contact:remove': receiver(CLIENT_EVENTS['contact:remove'], handlers['contact:remove']),
    'contact:make-code': receiver(CLIENT_EVENTS['contact:make-code'], handlers['contact:make-code']),
    'contact:revoke-code': receiver(CLIENT_EVENTS['contact:revoke-code'], handlers['contact:revoke-code']),
    'contact:redeem': receiver(CLIENT_EVENTS['contact:redeem'], handlers['contact:redeem']),
    'contact:block': receiver(CLIENT_EVENTS['contact:block'], handlers['contact:block']),
    'contact:unblock': receiver(CLIENT_EVENTS['contact:unblock'], handlers['contact:unblock']),
    'call:invite': receiver(CLIENT_EVENTS['call:invite'], handlers['call:invite']),
    'call:ringing': receiver(CLIENT_EVENTS['call:ringing'], handlers['call:ringing']),
    'call:accept': receiver(CLIENT_EVENTS['call:accept'], handlers['call:accept']),
    'call:signal': receiver(CLIENT_EVENTS['call:signal'], handlers['call:signal']),
    'call:connected': receiver(CLIENT_EVENTS['call:connected'], handlers['call:connected']),
    'call:sources': receiver(CLIENT_EVENTS['call:sources'], handlers['call:sources']),
    'call:end': receiver(CLIENT_EVENTS['call:end'], handlers['call:end']),
    'call:test': receiver(CLIENT_EVENTS['call:test'], handlers['call:test']),
    'call:move': receiver(CLIENT_EVENTS['call:move'], handlers['call:move']),
    'call:resume': receiver(CLIENT_EVENTS['call:resume'], handlers['call:resume']),
    'call:ice-servers': receiver(CLIENT_EVENTS['call:ice-servers'], handlers['call:ice-servers']),
    'message:send': receiver(CLIENT_EVENTS['message:send'], handlers['message:send']),
    'message:page': receiver(CLIENT_EVENTS['message:page'], handlers['message:page']),
    'message:delivered': receiver(CLIENT_EVENTS['message:delivered'], handlers['message:delivered']),
    'message:read': receiver(CLIENT_EVENTS['message:read'], handlers['message:read']),
    'message:typing': receiver(CLIENT_EVENTS['message:typing'], handlers['message:typing']),
    'message:search': receiver(CLIENT_EVENTS['message:search'], handlers['message:search']),
    'history:page': receiver(CLIENT_EVENTS['history:page'], handlers['history:page']),
    'history:seen': receiver(CLIENT_EVENTS['history:seen'], handlers['history:seen']),
    'history:delete': receiver(CLIENT_EVENTS['history:delete'], handlers['history:delete']),
    'history:clear': receiver(CLIENT_EVENTS['history:clear'], handlers['history:clear']),
    'device:list': receiver(CLIENT_EVENTS['device:list'], handlers['device:list']),
    'device:sign-out': receiver(CLIENT_EVENTS['device:sign-out'], handlers['device:sign-out']),
    'device:sign-out-others': receiver(
      CLIENT_EVENTS['device:sign-out-others'],
      handlers['device:sign-out-others'],
    ),
  };
  const byName = new Map<unknown, Receiver>(Object.entries(receivers));

  const answer = async (receive: Receiver, from: Caller, args: readonly unknown[]): Promise<Ack<object>> => {
    const [payload] = args;
    if (payload === TOO_LARGE) return refuse('too-large');
    if (args.length !== 1) return refuse('bad-request');
    return receive(from, payload);
  };

  return async (from, event, args) => {
    traffic.events += 1;
    const receive = byName.get(event);
    if (!receive) {
      traffic.unknownEvents += 1;
      return null;
    }
    try {
      const ack = await answer(receive, from, args);
      if (!ack.ok) traffic.refusedEvents += 1;
      return ack;
    } catch (error) {
      if (error instanceof Refused) {
        traffic.refusedEvents += 1;
        return { ok: false, ...error.told };
      }
      traffic.failedEvents += 1;
      log.error({ err: error, event, instanceId: from.instanceId }, 'an event failed');
      return refuse('server-error');
    }
  };
};
