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
  readonly #socket: WebSocket;
  readonly #ready = Promise.withResolvers<undefined>();
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
    const auth = { protocol: PROTOCOL_VERSION, token: who.token, instanceId: randomUUID() };
    this.#socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      localAddress: who.localAddress,
      perMessageDeflate: false,
    });
    this.#socket.on('message', (data: Buffer) => {
      const text = data.toString();
      this.received += data.length;
      if (text.startsWith(EVENT)) {
        if (text.startsWith(`${EVENT}["${first}"`)) this.#ready.resolve(undefined);
        onEvent(text.slice(EVENT.length));
      } else if (text.startsWith(ENGINE_OPEN)) this.#socket.send(CONNECT + JSON.stringify(auth));
      else if (text === ENGINE_PING) this.#socket.send(ENGINE_PONG);
      else if (text.startsWith(REFUSED)) this.#ready.reject(new Error(`refused: ${text}`));
    });
    this.#socket.on('error', (error) => {
      this.#ready.reject(error);
    });
    this.#socket.on('close', () => {
      this.#ready.reject(new Error('closed before it was ready'));
    });
  }

  /** Resolves when the server has told all that a phone shows. */
  get ready(): Promise<undefined> {
    return this.#ready.promise;
  }

  send(event: string, payload: object): void {
    this.#requests += 1;
    this.#socket.send(`${EVENT}${String(this.#requests)}${JSON.stringify([event, payload])}`);
  }

  close(): void {
    this.#socket.terminate();
  }
}
