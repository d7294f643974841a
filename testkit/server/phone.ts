import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import * as z from 'zod';
import { problemSchema, type ErrorCode } from '../../protocol/errors.ts';
import {
  CLIENT_EVENTS,
  refusalSchema,
  SERVER_EVENTS,
  type Ack,
  type ClientEvent,
  type ClientPayload,
  type ClientResult,
  type ServerEvent,
  type ServerPayload,
} from '../../protocol/events.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';

/** How a test's phone introduces itself. */
export interface PhoneOptions {
  instanceId?: string;
  /** The call that it claims to hold. */
  callId?: string;
  /** Replaces or adds what the handshake carries. */
  auth?: Record<string, unknown>;
  headers?: Record<string, string>;
  /** Whether it reconnects by itself, as real phones do. */
  reconnection?: boolean;
  /** By default a websocket. */
  transport?: 'websocket' | 'polling';
}

/** One event that arrived, checked against the contract. */
export type Heard = { [E in ServerEvent]: { event: E; payload: ServerPayload<E> } }[ServerEvent];

interface Waiter {
  take(heard: Heard): boolean;
}

/** Milliseconds; long, because a busy machine is no failure. */
const WAIT_MS = 10_000;

const isServerEvent = (event: string): event is ServerEvent => event in SERVER_EVENTS;

/**
 * A phone as the server sees it. It uses real Socket.IO, parses every payload and acknowledgement by the contract's
 * schemas, and keeps everything heard in order.
 */
export class Phone {
  readonly instanceId: string;
  readonly socket: Socket;
  /** Everything that arrived, in order. */
  readonly heard: Heard[] = [];
  /** The messages that broke the contract or are not part of it. */
  readonly violations: string[] = [];
  readonly #waiters = new Set<Waiter>();
  /** How far `next` has read in `heard`, for each event. */
  readonly #read = new Map<ServerEvent, number>();

  constructor(url: string, options: PhoneOptions & { token?: unknown }) {
    this.instanceId = options.instanceId ?? randomUUID();
    const { callId } = options;
    this.socket = io(url, {
      transports: [options.transport ?? 'websocket'],
      forceNew: true,
      reconnection: options.reconnection ?? false,
      reconnectionDelay: 50,
      auth: {
        protocol: PROTOCOL_VERSION,
        token: options.token,
        instanceId: this.instanceId,
        ...(callId === undefined ? {} : { callId }),
        ...options.auth,
      },
      ...(options.headers ? { extraHeaders: options.headers } : {}),
    });
    this.socket.onAny((event: string, payload: unknown) => {
      this.#hear(event, payload);
    });
  }

  /**
   * The next event of this name that `next` has not returned yet and that `where` accepts; it skips those before.
   * @throws Error when none arrives `within` that many milliseconds
   */
  next<E extends ServerEvent>(
    event: E,
    where: (payload: ServerPayload<E>) => boolean = () => true,
    within = WAIT_MS,
  ): Promise<ServerPayload<E>> {
    const seen = this.all(event);
    const start = this.#read.get(event) ?? 0;
    const found = seen.findIndex((payload, i) => i >= start && where(payload));
    const there = seen[found];
    if (there !== undefined) {
      this.#read.set(event, found + 1);
      return Promise.resolve(there);
    }
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        take: (heard) => {
          if (!isHeard(heard, event) || !where(heard.payload)) return false;
          this.#read.set(event, this.all(event).length);
          clearTimeout(timer);
          resolve(heard.payload);
          return true;
        },
      };
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        reject(new Error(`no ${event} within ${String(within)} ms; heard: ${this.summary()}`));
      }, within);
      this.#waiters.add(waiter);
    });
  }

  /** Every payload of this event so far. */
  all<E extends ServerEvent>(event: E): ServerPayload<E>[] {
    return this.heard.filter((heard) => isHeard(heard, event)).map(({ payload }) => payload);
  }

  /** Sends an event and returns its acknowledgement, parsed. */
  async request<E extends ClientEvent>(event: E, payload: ClientPayload<E>): Promise<Ack<ClientResult<E>>> {
    return parseAck(event, await this.raw(event, payload));
  }

  /** Sends anything, and returns the acknowledgement unchecked. */
  raw(event: string, ...args: unknown[]): Promise<unknown> {
    return this.socket.timeout(WAIT_MS).emitWithAck(event, ...args);
  }

  /** The code with which the server refuses the handshake; `closed` if the transport does not even open. */
  refused(): Promise<ErrorCode | 'closed'> {
    return new Promise((resolve) => {
      this.socket.once('connect_error', (error: Error & { data?: unknown }) => {
        const { data } = problemSchema.safeParse(error.data);
        resolve(data?.code ?? 'closed');
      });
    });
  }

  /** The reason why the connection closes, in Socket.IO's words; `already` if it is closed. */
  closed(): Promise<string> {
    return new Promise((resolve) => {
      if (this.socket.disconnected) resolve('already');
      this.socket.once('disconnect', resolve);
    });
  }

  /** Closes the connection without Socket.IO's disconnect packet, as if the network had closed it. */
  cut(): void {
    this.socket.io.engine.close();
  }

  close(): void {
    this.socket.disconnect();
  }

  /** The received events, in words for error messages. */
  summary(): string {
    return this.heard.map(({ event }) => event).join(', ') || 'nothing';
  }

  #hear(event: string, payload: unknown): void {
    const parsed = isServerEvent(event) ? SERVER_EVENTS[event].safeParse(payload) : null;
    if (!parsed?.success) {
      this.violations.push(`${event}: ${parsed?.error.message ?? 'unknown event'}`);
      return;
    }
    // The payload was parsed by the schema of the event's name.
    const heard = { event, payload: parsed.data } as Heard;
    this.heard.push(heard);
    for (const waiter of this.#waiters) if (waiter.take(heard)) this.#waiters.delete(waiter);
  }
}

const isHeard = <E extends ServerEvent>(
  heard: Heard,
  event: E,
): heard is Extract<Heard, { event: E }> & { payload: ServerPayload<E> } => heard.event === event;

/** @throws Error when the answer is not one that the contract allows. */
const parseAck = <E extends ClientEvent>(event: E, answer: unknown): Ack<ClientResult<E>> => {
  const refusal = refusalSchema.safeParse(answer);
  if (refusal.success) return refusal.data;
  const { ok, ...result } = z.looseObject({ ok: z.literal(true) }).parse(answer);
  const parsed = CLIENT_EVENTS[event].result.parse(result);
  // The value was parsed by the schema of the event's name.
  return { ok, ...parsed } as Ack<ClientResult<E>>;
};
