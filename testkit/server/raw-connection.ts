import { connect, type Socket } from 'node:net';

/** A TCP connection without HTTP, WebSocket or manners. */
export class RawConnection {
  readonly #socket: Socket;
  readonly #closed: Promise<void>;
  #received = '';

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    // A reset by the server is an answer, too.
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => (this.#received += chunk.toString('latin1')));
    this.#closed = new Promise((resolve) => {
      socket.once('close', () => {
        resolve();
      });
    });
  }

  /** @param url the server's address. */
  static async open(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    // Attackers try half-open connections, too.
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    const connection = new RawConnection(socket);
    const connected = new Promise<void>((resolve) => {
      socket.once('connect', resolve);
    });
    await Promise.race([connected, connection.#closed]);
    return connection;
  }

  /** All that the server has sent, one character for each byte. */
  get received(): string {
    return this.#received;
  }

  /** Resolves once the operating system has taken the bytes, or the connection is over. */
  async write(bytes: string | Uint8Array): Promise<void> {
    if (this.#socket.destroyed || this.#socket.writableEnded) return;
    await new Promise<void>((resolve) => {
      this.#socket.write(bytes, () => {
        resolve();
      });
    });
  }

  /** Resolves to all that was received, once it matches or the server has ended the connection. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.#received) && !this.hasEnded) await this.#next();
    return this.#received;
  }

  /** Resolves once the server sends no more. */
  async ended(): Promise<void> {
    while (!this.hasEnded) await this.#next();
  }

  /** Whether the server has closed its half, or the whole connection. */
  get hasEnded(): boolean {
    return this.#socket.readableEnded || this.#socket.destroyed;
  }

  /** Stops reading. From then on, only a write shows that the server has closed the connection. */
  pause(): void {
    this.#socket.pause();
  }

  /** Closes our half; what the server sends still arrives. */
  end(): void {
    this.#socket.end();
  }

  /** Closes both halves, without a reset. Resolves once the socket is closed. */
  async close(): Promise<void> {
    this.#socket.destroySoon();
    await this.#closed;
  }

  /** Sends a TCP reset: the server's next read or write fails. Resolves once the socket is closed. */
  async reset(): Promise<void> {
    // A reset would wait until all written bytes have left, but the server may have stopped reading.
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
