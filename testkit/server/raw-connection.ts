import { connect, type Socket } from 'node:net';

/** A TCP connection without HTTP, WebSocket or manners. */
export class RawConnection {
  readonly #socket: Socket;
  readonly #closed: Promise<void>;
  #received = '';

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    // That the server resets it is an answer, too.
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => (this.#received += chunk.toString('latin1')));
    this.#closed = new Promise((resolve) => {
      socket.once('close', () => {
        resolve();
      });
    });
  }

  /** @param url the server's. */
  static async open(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    // Half-open connections are a part of what is tried.
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    const connection = new RawConnection(socket);
    const connected = new Promise<void>((resolve) => {
      socket.once('connect', resolve);
    });
    await Promise.race([connected, connection.#closed]);
    return connection;
  }

  /** All that the server has sent, a character a byte. */
  get received(): string {
    return this.#received;
  }

  /** Resolves once the system has it, or the connection is over. */
  async write(bytes: string | Uint8Array): Promise<void> {
    if (this.#socket.destroyed || this.#socket.writableEnded) return;
    await new Promise<void>((resolve) => {
      this.#socket.write(bytes, () => {
        resolve();
      });
    });
  }

  /** Resolves with all that was received, once that matches or the server has ended the connection. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.#received) && !this.hasEnded) await this.#next();
    return this.#received;
  }

  /** Resolves once the server sends no more. */
  async ended(): Promise<void> {
    while (!this.hasEnded) await this.#next();
  }

  /** The server has closed its half, or all of it. */
  get hasEnded(): boolean {
    return this.#socket.readableEnded || this.#socket.destroyed;
  }

  /** Reads no more. That the server has closed the connection is seen by writing to it. */
  pause(): void {
    this.#socket.pause();
  }

  /** No more is sent; what the server sends is still heard. */
  end(): void {
    this.#socket.end();
  }

  /** Both halves, without a reset. Resolves once it has left. */
  async close(): Promise<void> {
    this.#socket.destroySoon();
    await this.#closed;
  }

  /** A TCP reset: the server's next read or write fails. Resolves once it has left. */
  async reset(): Promise<void> {
    // A reset waits until all that was written has left, and a server that has heard enough reads no more.
    if (this.#socket.writableLength > 0 || this.#socket.writableEnded) this.#socket.destroy();
    else this.#socket.resetAndDestroy();
    await this.#closed;
  }

  #next(): Promise<void> {
    return new Promise((resolve) => {
      const events = ['data', 'end', 'close'];
      const done = (): void => {
        for (const event of events) this.#socket.off(event, done);
        resolve();
      };
      for (const event of events) this.#socket.on(event, done);
    });
  }
}
