import type { Logger } from 'pino';
import type * as z from 'zod';
import {
  CLIENT_EVENTS,
  isClientEvent,
  refuse,
  type Ack,
  type ClientEvent,
  type ClientPayload,
} from '../../../protocol/events.ts';
import { refusalOf } from '../../../protocol/refusal-of.ts';
import type { Sender } from '../../sender.ts';
import type { Handlers } from '../../handlers.ts';
import { Refused } from '../../refused.ts';
import { TOO_LARGE } from './bounded-parser.ts';

/** Counts what happens on all connections, for the metrics. */
export interface Traffic {
  events: number;
  unknownEvents: number;
  refusedEvents: number;
  /** Sent too often, and answered without being looked at. */
  limitedEvents: number;
  failedEvents: number;
}

/** Answers one event of a phone; null if this version does not know the event. Never rejects. */
export type Receive = (from: Sender, event: unknown, args: readonly unknown[]) => Promise<Ack<object> | null>;

/** The contract's table as a mapped type: an event's schema and its handler are then known to fit. */
const SCHEMAS: { readonly [E in ClientEvent]: { payload: z.ZodType<ClientPayload<E>> } } = CLIENT_EVENTS;

/**
 * The one way in for everything that phones send: unknown events are counted
 * and ignored, payloads parsed, refusals and failures turned into codes. What a
 * handler throws reaches the sender as a code, the log in full, and nobody else.
 */
export const createReceive = (handlers: Handlers, traffic: Traffic, log: Logger): Receive => {
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- so that schema and handler are one event's
  const answer = <E extends ClientEvent>(
    from: Sender,
    event: E,
    args: readonly unknown[],
  ): Ack<object> | Promise<Ack<object>> => {
    const [payload] = args;
    if (payload === TOO_LARGE) return refuse('too-large');
    if (args.length !== 1) return refuse('bad-request');
    const parsed = SCHEMAS[event].payload.safeParse(payload);
    if (!parsed.success) return { ok: false, ...refusalOf(parsed.error) };
    return handlers[event](from, parsed.data);
  };

  return async (from, event, args) => {
    traffic.events += 1;
    if (!isClientEvent(event)) {
      traffic.unknownEvents += 1;
      return null;
    }
    try {
      const ack = await answer(from, event, args);
      if (!ack.ok) traffic.refusedEvents += 1;
      return ack;
    } catch (error) {
      if (error instanceof Refused) {
        traffic.refusedEvents += 1;
        return { ok: false, ...error.problem };
      }
      traffic.failedEvents += 1;
      log.error({ err: error, event, instanceId: from.instanceId }, 'an event failed');
      return refuse('server-error');
    }
  };
};
