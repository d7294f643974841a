import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { CallPhone, Hear, Step } from './call-phone.ts';
import { contentOf } from './descriptions.ts';

/** The WebSocket protocol of a server that only passes messages on. */
export interface RelayDialect {
  /** The address at which the person with this name connects. */
  address(url: string, name: string): string;
  /** The text of a message to a person. */
  write(to: string, step: Step, content: object): string;
  /** Reads a received message; null if it belongs to no call. */
  read(message: string): { step: Step; callId: string } | null;
}

/** A phone behind a server that only passes messages on. */
export class RelayedPhone implements CallPhone {
  readonly ready: Promise<unknown>;
  readonly #socket: WebSocket;
  readonly #dialect: RelayDialect;
  readonly #other: string;

  constructor(url: string, dialect: RelayDialect, options: { name: string; other: string; hear: Hear }) {
    this.#dialect = dialect;
    this.#other = options.other;
    this.#socket = new WebSocket(dialect.address(url, options.name), { perMessageDeflate: false });
    this.ready = once(this.#socket, 'open');
    this.#socket.on('message', (data: Buffer) => {
      const heard = dialect.read(data.toString());
      if (heard) options.hear(heard.step, heard.callId);
    });
  }

  say(step: Step, callId: string, done?: () => void): void {
    this.#socket.send(this.#dialect.write(this.#other, step, { callId, ...contentOf(step) }));
    done?.();
  }

  close(): void {
    this.#socket.terminate();
  }
}
