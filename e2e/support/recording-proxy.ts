import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer, type RawData } from 'ws';
import { passRequest } from './pass-request.ts';

type Receiver = 'server' | 'phone';

/** One message of a phone's connection, as text, in the order it came. */
export interface PassedFrame {
  to: Receiver;
  /** The event, as in `call:invite`, or the acknowledged one, as in `ack of call:invite`; empty for other messages. */
  what: string;
  text: string;
  /** Epoch milliseconds. */
  at: number;
}

/** Messages in one direction that are held back, beginning with the one that a test named. */
export interface Held {
  /** Resolves when the named message has come. */
  readonly arrived: Promise<void>;
  /** Releases the held messages in order, and holds back no more. */
  release(): void;
}

interface Rule {
  to: Receiver;
  what: string;
  /** Takes all messages of the direction from now on. Null: the message and the connection are lost. */
  queue: (() => void)[] | null;
  active: boolean;
  met: () => void;
}

/** Names of events by the numbers of their acknowledgements: `421["call:invite",{…}]` is answered `431[{…}]`. */
class Acknowledgements {
  readonly #events = new Map<string, string>();

  nameOf(text: string): string {
    const [, asked, event] = /^42(\d*)\["([^"]+)"/.exec(text) ?? [];
    if (event !== undefined) {
      if (asked) this.#events.set(asked, event);
      return event;
    }
    const answered = this.#events.get(/^43(\d+)/.exec(text)?.[1] ?? '');
    return answered === undefined ? '' : `ack of ${answered}`;
  }
}

const textOf = (data: RawData): string =>
  (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as ArrayBuffer)).toString('utf8');

/** A proxy between one phone and the server, which records all messages and holds back or loses those a test names. */
export class RecordingProxy {
  readonly url: string;
  readonly frames: PassedFrame[] = [];
  readonly #stop: () => Promise<void>;
  readonly #rules = new Set<Rule>();

  private constructor(url: string, stop: () => Promise<void>) {
    this.url = url;
    this.#stop = stop;
  }

  static async start(serverUrl: string): Promise<RecordingProxy> {
    const upstream = new URL(serverUrl);
    const http = createServer((from, to) => passRequest(upstream, from, to));
    const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    // A listening TCP server has an address with a port.
    const { port } = http.address() as AddressInfo;
    const proxy = new RecordingProxy(`http://127.0.0.1:${String(port)}`, async () => {
      for (const client of sockets.clients) client.terminate();
      http.close();
      http.closeAllConnections();
      await once(http, 'close');
    });
    sockets.on('connection', (phone, { url, headers }) => {
      const server = new WebSocket(new URL(url ?? '/', serverUrl.replace('http', 'ws')), {
        origin: headers.origin ?? '',
        perMessageDeflate: false,
      });
      const acknowledgements = new Acknowledgements();
      const cut = (): void => {
        phone.terminate();
        server.terminate();
      };
      const early: string[] = [];
      phone.on('message', (data) => {
        const text = textOf(data);
        proxy.#pass('server', acknowledgements.nameOf(text), text, cut, () => {
          if (server.readyState === WebSocket.OPEN) server.send(text);
          else if (server.readyState === WebSocket.CONNECTING) early.push(text);
        });
      });
      server.on('open', () => {
        for (const text of early) server.send(text);
      });
      server.on('message', (data) => {
        const text = textOf(data);
        proxy.#pass('phone', acknowledgements.nameOf(text), text, cut, () => {
          phone.send(text);
        });
      });
      server.on('close', () => {
        phone.close();
      });
      server.on('error', () => {
        phone.terminate();
      });
      phone.on('close', () => {
        server.close();
      });
    });
    return proxy;
  }

  /** Holds back everything in one direction, beginning with the next message of this name. */
  hold(to: Receiver, what: string): Held {
    const queue: (() => void)[] = [];
    const { promise: arrived, resolve } = Promise.withResolvers<undefined>();
    const rule: Rule = { to, what, queue, active: false, met: () => resolve(undefined) };
    this.#rules.add(rule);
    return {
      arrived,
      release: () => {
        this.#rules.delete(rule);
        for (const forward of queue) forward();
      },
    };
  }

  /** Loses the next message of this name, and cuts the connection with it. Resolves when that has happened. */
  lose(to: Receiver, what: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#rules.add({ to, what, queue: null, active: false, met: () => resolve(undefined) });
    return promise;
  }

  close(): Promise<void> {
    return this.#stop();
  }

  #pass(to: Receiver, what: string, text: string, cut: () => void, forward: () => void): void {
    this.frames.push({ to, what, text, at: Date.now() });
    for (const rule of this.#rules) {
      if (rule.to !== to || !(rule.active || rule.what === what)) continue;
      rule.active = true;
      rule.met();
      if (rule.queue) {
        rule.queue.push(forward);
      } else {
        this.#rules.delete(rule);
        cut();
      }
      return;
    }
    forward();
  }
}
