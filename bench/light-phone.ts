import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { PROTOCOL_VERSION } from '../protocol/version.ts';

// Packets of Engine.IO 4 and Socket.IO 5 on top, as text: https://socket.io/docs/v4/engine-io-protocol/
const ENGINE_OPEN = '0';
const ENGINE_PING = '2';
const ENGINE_PONG = '3';
const CONNECT = '40';
const REFUSED = '44';
const EVENT = '42';
const ACKNOWLEDGE = '43';

/** A different address for each of many phones, so that limits for an address do not count them together. */
export const loopbackAddress = (index: number): string =>
  `127.${String(1 + Math.floor(index / 62_500))}.${String(Math.floor(index / 250) % 250)}.${String(1 + (index % 250))}`;

/** What a phone is, and how it behaves. */
export interface LightPhoneOptions {
  token: string;
  localAddress: string;
  /** The event whose arrival makes the phone ready. */
  first?: string;
  /** Receives each event as it arrived: `["name", payload]`, not parsed. */
  onEvent?: (event: string) => void;
  /** Called each time the phone is ready: again after a restart of the server. */
  onReady?: () => void;
}

/**
 * A phone with nothing but a WebSocket. It is far lighter than the full client, so that thousands fit into one
 * process and the bench measures the server. It connects again, as phones do, whenever its connection is lost.
 */
export class LightPhone {
  /** Bytes of text that the server has sent, without the headers of WebSocket frames and of TCP. */
  received = 0;
  /** How often the phone has lost its connection, or failed to open one. */
  retries = 0;
  readonly #url: string;
  readonly #options: LightPhoneOptions;
  readonly #ready = Promise.withResolvers<undefined>();
  readonly #instanceId = randomUUID();
  readonly #acknowledged = new Map<string, (answer: string) => void>();
  #socket: WebSocket | null = null;
  #isClosed = false;
  #requests = 0;

  constructor(url: string, options: LightPhoneOptions) {
    this.#url = `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    this.#options = options;
    this.#connect();
  }

  /** Resolves when the event `first` has arrived for the first time. */
  get ready(): Promise<undefined> {
    return this.#ready.promise;
  }

  /** @param onAnswer hears the acknowledgement as it came: `[payload]`, not parsed. */
  send(event: string, payload: object, onAnswer?: (answer: string) => void): void {
    this.#requests += 1;
    const id = String(this.#requests);
    if (onAnswer) this.#acknowledged.set(id, onAnswer);
    this.#socket?.send(`${EVENT}${id}${JSON.stringify([event, payload])}`);
  }

  close(): void {
    this.#isClosed = true;
    this.#socket?.terminate();
  }

  #connect(): void {
    const { localAddress } = this.#options;
    const socket = new WebSocket(this.#url, { localAddress, perMessageDeflate: false });
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      this.received += data.length;
      this.#hear(data.toString());
    });
    // `close` follows each error and is handled below.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#acknowledged.clear();
      if (this.#isClosed) return;
      this.retries += 1;
      // As real phones do, it waits half a second on average, at random, so that phones do not all return together.
      setTimeout(
        () => {
          if (!this.#isClosed) this.#connect();
        },
        250 + Math.random() * 500,
      );
    });
  }

  #hear(text: string): void {
    if (text.startsWith(EVENT)) {
      const { first = 'session:ready', onReady, onEvent } = this.#options;
      if (text.startsWith(`${EVENT}["${first}"`)) {
        this.#ready.resolve(undefined);
        onReady?.();
      }
      onEvent?.(text.slice(EVENT.length));
    } else if (text.startsWith(ACKNOWLEDGE)) {
      const from = text.indexOf('[');
      const id = text.slice(ACKNOWLEDGE.length, from);
      this.#acknowledged.get(id)?.(text.slice(from));
      this.#acknowledged.delete(id);
    } else if (text === ENGINE_PING) this.#socket?.send(ENGINE_PONG);
    else if (text.startsWith(ENGINE_OPEN)) this.#socket?.send(CONNECT + JSON.stringify(this.#auth()));
    else if (text.startsWith(REFUSED)) this.#ready.reject(new Error(`refused: ${text}`));
  }

  #auth(): object {
    return { protocol: PROTOCOL_VERSION, token: this.#options.token, instanceId: this.#instanceId };
  }
}
