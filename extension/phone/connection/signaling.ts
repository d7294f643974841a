import { io, type Socket } from 'socket.io-client';
import { problemSchema, type ErrorCode, type Problem } from '../../../protocol/errors.ts';
import { refuse, type ClientEvent, type ClientPayload, type ServerEvent } from '../../../protocol/events.ts';
import type { Handshake } from '../../../protocol/handshake.ts';
import type { Connection, ConnectionProblem } from '../../ipc/snapshot.ts';
import { backoff } from './backoff.ts';
import { parseAnswer } from './parse-answer.ts';
import { ServerEvents } from './server-events.ts';
import type { Answer, Pending, SignalingListener, SignalingLog, Urgency } from './signaling-types.ts';

interface Options {
  /** `http(s)://host[:port][/path]` */
  serverUrl: string;
  /** Asked at each connection, because the call that is held changes. */
  handshake: () => Handshake;
  onState: (state: Connection) => void;
  /** Asks why no connection opens, where the attempt does not tell. Never rejects. */
  why: () => Promise<ConnectionProblem>;
  log: SignalingLog;
  /** 0–1, by chance; for tests. */
  random?: () => number;
}

/** Milliseconds without an acknowledgement after which a connection counts as dead; twice as many each time in a row. */
const SILENCE: Record<Urgency, number> = { lost: 700, call: 2_500, calm: 8_000 };
/**
 * Milliseconds that opening a connection may take. While every second counts, short at first: a system whose first
 * packet was lost waits for one second until the next, then two, then four. A slow line gets its time later.
 */
const OPENING = { usual: 8_000, lost: 2_000, lostFor: 4 } as const;

/** Refusals that trying again cannot change. */
const FINAL: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['unauthorized', 'superseded']);
/** Refusals that pass only when the operator or an update has changed something. */
const LASTING: ReadonlySet<ConnectionProblem> = new Set<ConnectionProblem>([
  'version-too-old',
  'version-too-new',
  'origin-refused',
]);
/** The longest wait after one of those, in milliseconds; the shortest is half of it. */
const LASTING_WAIT = 120_000;
/** How many failures in a row are no reason yet to ask why, at a server that was reached before: it restarts. */
const USUAL_FAILURES = 3;

/** The share by which a wait that the server asks for may be longer. */
const RETRY_SPREAD = 0.2;

const refusalOf = (error: Error): Problem | null => {
  const problem = problemSchema.safeParse('data' in error ? error.data : null);
  return problem.success ? problem.data : null;
};

type Transport = 'websocket' | 'polling';

type Wire = Record<string, (payload: unknown, ack: (answer: unknown) => void) => void>;

/**
 * The connection to the server. A lost connection comes back by itself, except after a final refusal or the end of
 * the session. Every request is repeated with the same payload until it is answered: the contract makes that safe.
 * Reconnecting is done here and not by Socket.IO, because the pause depends on whether a call is up and on what a
 * stopping server asks for.
 */
export class Signaling {
  readonly #options: Options;
  readonly #events: ServerEvents;
  readonly #socket: Socket<Record<string, (payload: unknown) => void>, Wire>;
  readonly #pending = new Set<Pending>();
  readonly #random: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  /** How many connections in a row were given up because nobody answered: the line may just be slow. */
  #silences = 0;
  #urgency: Urgency = 'calm';
  /** A connection is open or being opened. */
  #up = false;
  /** It stays down until somebody connects again. */
  #stopped = false;
  #transport: Transport = 'websocket';
  /** A connection has been open since the network changed. */
  #proven = false;
  /** Why connections do not open, as far as somebody has found out; null: nobody has. */
  #reason: ConnectionProblem | null = null;
  #asking = false;
  /** The server answered a plain request before the attempt that is made now. */
  #answers = false;
  /** How long the server asked this phone to stay away, in milliseconds, because it stops or because of a limit. */
  #pause: number | null = null;

  constructor(options: Options) {
    this.#options = options;
    this.#random = options.random ?? Math.random;
    this.#events = new ServerEvents(options.log);
    const { origin, pathname } = new URL(options.serverUrl);
    // Socket.IO would take a path in the address for a namespace.
    this.#socket = io(origin, {
      path: `${pathname.replace(/\/$/, '')}/socket.io`,
      transports: ['websocket'] satisfies Transport[],
      auth: (send) => {
        send(options.handshake());
      },
      autoConnect: false,
      forceNew: true,
      reconnection: false,
      timeout: OPENING.usual,
    });
    this.#socket.on('connect', () => {
      this.#connected();
    });
    this.#socket.on('connect_error', (error: Error) => {
      this.#refused(refusalOf(error));
    });
    this.#socket.on('disconnect', (reason: string) => {
      options.log('disconnected', { reason });
      this.#up = false;
      if (!this.#stopped) this.#retry('server-unreachable');
    });
    this.#socket.onAny((event: string, payload: unknown) => {
      this.#events.receive(event, payload);
    });
    this.on('session:ended', ({ code }) => {
      this.#giveUp(code);
    });
    this.on('server:draining', ({ reconnectIn }) => {
      this.#pause = reconnectIn;
    });
  }

  get online(): boolean {
    return this.#socket.connected;
  }

  on<E extends ServerEvent>(event: E, listener: SignalingListener<E>): void {
    this.#events.on(event, listener);
  }

  /** Connects, at once, also when it waits to try again or has given up. */
  connect(): void {
    if (this.#up) return;
    this.#up = true;
    this.#stopped = false;
    clearTimeout(this.#timer);
    this.#options.onState({ kind: 'connecting' });
    const short = this.#answers || (this.#urgency === 'lost' && this.#failures < OPENING.lostFor);
    this.#socket.io.timeout(short ? OPENING.lost : OPENING.usual);
    this.#socket.connect();
  }

  /** Replaces the connection, which may be dead though nobody has noticed. */
  reopen(): void {
    if (this.#stopped) return;
    this.#options.log('reopened');
    this.#startAnew();
  }

  /**
   * Starts again an attempt over a network that may be gone, or one that waits. An open connection stays: the browser
   * closes those whose address is gone. After a final refusal it stays down.
   */
  networkChanged(): void {
    if (this.#stopped || this.#socket.connected) return;
    this.#startAnew();
  }

  /** The more urgent, the sooner a lost connection is noticed and reopened. */
  setUrgency(urgency: Urgency): void {
    const order = ['calm', 'call', 'lost'];
    const sooner = order.indexOf(urgency) > order.indexOf(this.#urgency) && !this.#stopped;
    this.#urgency = urgency;
    if (sooner) this.connect();
  }

  /** Resolves with the server's answer, however often the connection is lost meanwhile. Never rejects. */
  request<E extends ClientEvent>(
    event: E,
    payload: ClientPayload<E>,
    signal?: AbortSignal,
  ): Promise<Answer<E>> {
    if (this.#stopped || signal?.aborted) return Promise.resolve(refuse('unavailable'));
    return new Promise((resolve) => {
      const pending: Pending = {
        event,
        payload,
        settle: (answer) => {
          if (!this.#pending.delete(pending)) return;
          signal?.removeEventListener('abort', abort);
          resolve(parseAnswer(event, answer));
        },
      };
      const abort = (): void => {
        pending.settle(refuse('unavailable'));
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.#pending.add(pending);
      if (this.#socket.connected) this.#send(pending);
    });
  }

  /** Closes the connection for good. Requests that wait resolve with `unavailable`. */
  close(): void {
    this.#stop();
  }

  #send(pending: Pending): void {
    const silence = Math.min(SILENCE[this.#urgency] * 2 ** this.#silences, SILENCE.calm);
    const { id } = this.#socket;
    this.#options.log('request', { event: pending.event });
    this.#socket
      .timeout(silence)
      .emit(pending.event, pending.payload, (error: Error | null, answer: unknown) => {
        if (!error) {
          this.#silences = 0;
          pending.settle(answer);
          return;
        }
        // The other end of this connection is gone, unless a later connection has replaced it already.
        if (!this.#pending.has(pending) || this.#socket.id !== id || !this.#socket.connected) return;
        this.#options.log('silent', { event: pending.event });
        this.#silences += 1;
        this.#socket.disconnect();
      });
  }

  /** The network may be another than before. */
  #startAnew(): void {
    this.#failures = 0;
    this.#proven = false;
    this.#answers = false;
    this.#reason = null;
    this.#use('websocket');
    this.#attempt();
  }

  /** Connects at once, in place of a connection or an attempt that may be there. */
  #attempt(): void {
    this.#socket.disconnect();
    this.#up = false;
    this.connect();
  }

  #use(transport: Transport): void {
    this.#transport = transport;
    this.#socket.io.opts.transports = [transport];
  }

  #connected(): void {
    this.#events.opened();
    this.#failures = 0;
    this.#proven = true;
    this.#answers = false;
    this.#reason = null;
    this.#pause = null;
    this.#options.log('connected');
    this.#options.onState({ kind: 'online' });
    for (const pending of [...this.#pending]) this.#send(pending);
  }

  #refused(problem: Problem | null): void {
    const code = problem?.code ?? null;
    // Never sooner than asked, and each a little later: phones behind one address are refused together and must not
    // return together.
    if (problem?.retryAfter !== undefined) {
      this.#pause = problem.retryAfter * 1000 * (1 + RETRY_SPREAD * this.#random());
    }
    this.#options.log('connection-failed', { code: code ?? 'server-unreachable' });
    this.#up = false;
    this.#socket.disconnect();
    if (code !== null && FINAL.has(code)) {
      this.#giveUp(code);
      return;
    }
    this.#retry(code ?? this.#reason ?? 'server-unreachable');
    if (code !== null) return;
    const polled = this.#transport === 'polling';
    this.#use('websocket');
    if (polled) return;
    if (this.#answers) {
      this.#answers = false;
      this.#use('polling');
      this.#attempt();
      return;
    }
    if (!this.#proven || this.#failures > USUAL_FAILURES) void this.#askWhy();
  }

  /** Where only websockets are refused, the connection opens by long-polling, if the server offers it. */
  async #askWhy(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    const why = await this.#options.why();
    this.#asking = false;
    if (this.#stopped || this.#socket.connected) return;
    this.#options.log('asked-why', { code: why });
    this.#reason = why;
    if (why === 'websocket-blocked') {
      // A server that has just started answers, too: only a websocket that fails after this is blocked.
      this.#answers = true;
      this.#attempt();
    } else if (!this.#up) {
      this.#retry(why);
    }
  }

  #retry(problem: ConnectionProblem): void {
    clearTimeout(this.#timer);
    const chance = this.#random();
    const wait =
      this.#pause ??
      (LASTING.has(problem)
        ? Math.round(LASTING_WAIT * (0.5 + chance / 2))
        : backoff({ failures: this.#failures, urgency: this.#urgency, chance }));
    this.#pause = null;
    this.#failures += 1;
    this.#options.onState({ kind: 'offline', problem, retryAt: Date.now() + wait });
    this.#timer = setTimeout(() => {
      this.connect();
    }, wait);
  }

  #giveUp(problem: ErrorCode): void {
    this.#stop();
    this.#options.onState({ kind: 'offline', problem, retryAt: null });
  }

  #stop(): void {
    this.#stopped = true;
    this.#up = false;
    clearTimeout(this.#timer);
    this.#socket.disconnect();
    for (const pending of [...this.#pending]) pending.settle(refuse('unavailable'));
  }
}
