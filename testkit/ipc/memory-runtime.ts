import type { MessagePort, MessageRuntime, Sender } from '../../extension/host/message-runtime.ts';

type MessageListener = Parameters<MessageRuntime['onMessage']['addListener']>[0];

const EXTENSION = 'nfnaaknghknoekphelkklpcocnjgfmno';
const ROOT = `chrome-extension://${EXTENSION}/`;

/** Serialises as the browser does, so that values that are not JSON do not arrive unchanged. */
const overTheWire = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));

class MemoryPort implements MessagePort {
  readonly name: string;
  readonly sender: Sender;
  other: MemoryPort | null = null;
  readonly #onMessage: ((message: unknown) => void)[] = [];
  readonly #onDisconnect: (() => void)[] = [];
  readonly onMessage = {
    addListener: (listener: (message: unknown) => void): void => {
      this.#onMessage.push(listener);
    },
  };
  readonly onDisconnect = {
    addListener: (listener: () => void): void => {
      this.#onDisconnect.push(listener);
    },
  };

  constructor(name: string, sender: Sender) {
    this.name = name;
    this.sender = sender;
  }

  postMessage(message: unknown): void {
    const { other } = this;
    const copy = overTheWire(message);
    if (!other) throw new Error('disconnected');
    queueMicrotask(() => {
      for (const listener of other.#onMessage) listener(copy);
    });
  }

  disconnect(): void {
    const { other } = this;
    this.other = null;
    other?.close();
  }

  close(): void {
    this.other = null;
    for (const listener of this.#onDisconnect) listener();
  }
}

interface Context {
  sender: Sender;
  onMessage: MessageListener[];
  onConnect: ((port: MessagePort) => void)[];
}

/**
 * A browser's messaging in memory, for tests. Each context receives the messages of all others, but not its
 * own.
 */
export class MemoryBrowser {
  readonly #contexts = new Set<Context>();
  readonly #ports = new Map<Context, MemoryPort[]>();

  /** A new context of the extension, or one with another sender, such as a web page's. */
  context(sender: Sender = {}): MessageRuntime & { destroy(): void } {
    const self: Context = {
      sender: { id: EXTENSION, url: `${ROOT}page.html`, ...sender },
      onMessage: [],
      onConnect: [],
    };
    this.#contexts.add(self);
    return {
      id: EXTENSION,
      root: ROOT,
      onMessage: { addListener: (listener) => self.onMessage.push(listener) },
      onConnect: { addListener: (listener) => self.onConnect.push(listener) },
      sendMessage: (message) => this.#send(self, message),
      connect: (name) => this.#connect(self, name),
      destroy: () => {
        this.#contexts.delete(self);
        for (const port of this.#ports.get(self) ?? []) port.disconnect();
      },
    };
  }

  #others(self: Context): Context[] {
    return [...this.#contexts].filter((context) => context !== self);
  }

  async #send(self: Context, message: unknown): Promise<unknown> {
    const listeners = this.#others(self).flatMap((context) => context.onMessage);
    if (listeners.length === 0)
      throw new Error('Could not establish connection. Receiving end does not exist.');
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const waiting = listeners.filter((listener) =>
      listener(overTheWire(message), self.sender, (answer) => {
        resolve(overTheWire(answer));
      }),
    );
    if (waiting.length === 0) resolve(undefined);
    return promise;
  }

  #connect(self: Context, name: string): MessagePort {
    const here = new MemoryPort(name, self.sender);
    const there = new MemoryPort(name, self.sender);
    const receivers = this.#others(self).filter((context) => context.onConnect.length > 0);
    if (receivers.length === 0) {
      queueMicrotask(() => {
        here.close();
      });
      return here;
    }
    here.other = there;
    there.other = here;
    for (const context of receivers) {
      this.#ports.set(context, [...(this.#ports.get(context) ?? []), there]);
      for (const listener of context.onConnect) listener(there);
    }
    return here;
  }
}
