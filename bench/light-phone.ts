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

/** Where one of many phones stands, so that limits for one address do not count them all as one. */
export const loopbackAddress = (index: number): string =>
  `127.${String(1 + Math.floor(index / 62_500))}.${String(Math.floor(index / 250) % 250)}.${String(1 + (index % 250))}`;

/**
 * A phone with nothing but a WebSocket: far lighter than the full client, so
 * that thousands fit into one process and the server is what is measured.
 */
export class LightPhone {
  /** Bytes of text that the server has sent, WebSocket frames and TCP not counted. */
  received = 0;
  /** How often it had to connect again before it was ready. */
  retries = 0;
  readonly #url: string;
  readonly #who: { token: string; localAddress: string };
  readonly #onEvent: (event: string) => void;
  readonly #first: string;
  readonly #ready = Promise.withResolvers<undefined>();
  readonly #instanceId = randomUUID();
  #socket: WebSocket | null = null;
  #isReady = false;
  #requests = 0;

  /**
   * @param onEvent hears each event as it came: `["name", payload]`, not parsed.
   * @param first the event whose arrival makes the phone ready.
   */
  constructor(
    url: string,
    who: { token: string; localAddress: string },
    onEvent: (event: string) => void = () => undefined,
    first = 'session:ready',
  ) {
    this.#url = `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    this.#who = who;
    this.#onEvent = onEvent;
    this.#first = first;
    this.#connect();
  }

  /** Resolves when the server has told all that a phone shows. */
  get ready(): Promise<undefined> {
    return this.#ready.promise;
  }

  send(event: string, payload: object): void {
    this.#requests += 1;
    this.#socket?.send(`${EVENT}${String(this.#requests)}${JSON.stringify([event, payload])}`);
  }

  close(): void {
    this.#isReady = true;
    this.#socket?.terminate();
  }

  #connect(): void {
    const { token, localAddress } = this.#who;
    const auth = { protocol: PROTOCOL_VERSION, token, instanceId: this.#instanceId };
    const socket = new WebSocket(this.#url, { localAddress, perMessageDeflate: false });
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      this.received += data.length;
      if (text.startsWith(EVENT)) {
        if (text.startsWith(`${EVENT}["${this.#first}"`)) {
          this.#isReady = true;
          this.#ready.resolve(undefined);
        }
        this.#onEvent(text.slice(EVENT.length));
      } else if (text.startsWith(ENGINE_OPEN)) socket.send(CONNECT + JSON.stringify(auth));
      else if (text === ENGINE_PING) socket.send(ENGINE_PONG);
      else if (text.startsWith(REFUSED)) this.#ready.reject(new Error(`refused: ${text}`));
    });
    // 'close' follows, and that is what counts.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (this.#isReady) return;
      this.retries += 1;
      // As phones do: half a second, with as much chance in it that they do not all come again together.
      setTimeout(
        () => {
          this.#connect();
        },
        250 + Math.random() * 500,
      );
    });
  }
}
