import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Milliseconds: how often a node is asked whether it is ready, and how long it has to answer. */
const ASK = { every: 500, within: 1000 } as const;

/** One device's network: a separate path to the service that can be cut. */
export class Way {
  readonly url: string;
  readonly #server: Server;
  readonly #lines: Set<Socket>;
  #open = true;

  constructor(port: number, server: Server, lines: Set<Socket>) {
    this.url = `http://127.0.0.1:${String(port)}`;
    this.#server = server;
    this.#lines = lines;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Breaks open connections; new ones work. */
  cut(): void {
    for (const line of this.#lines) line.destroy();
  }

  /** Cuts the network until it is opened again. */
  block(): void {
    this.#open = false;
    this.cut();
  }

  open(): void {
    this.#open = true;
  }

  close(): void {
    this.block();
    this.#server.close();
  }
}

interface Node {
  readonly port: number;
  isReady: boolean;
}

/**
 * A load balancer as operators use it. It sends connections in turn to the nodes that `/readyz` says are ready, or
 * to any that answers if none is ready. A connection to a frozen node stays, as with any balancer.
 */
export class Balancer {
  #nodes: readonly Node[] = [];
  readonly #ways: Way[] = [];
  readonly #timer: NodeJS.Timeout;
  #turn = 0;

  constructor(ports: readonly number[]) {
    this.serve(ports);
    this.#timer = setInterval(() => {
      for (const node of this.#nodes) void this.#ask(node);
    }, ASK.every);
  }

  /** Sends new connections to these nodes from now on; open connections stay. */
  serve(ports: readonly number[]): void {
    this.#nodes = ports.map((port) => ({ port, isReady: true }));
  }

  async way(): Promise<Way> {
    const lines = new Set<Socket>();
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      if (!way.isOpen) {
        socket.destroy();
        return;
      }
      lines.add(socket);
      socket.on('close', () => lines.delete(socket));
      this.#connect(socket, this.#inTurn());
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const way = new Way(address.port, server, lines);
    this.#ways.push(way);
    return way;
  }

  close(): void {
    clearInterval(this.#timer);
    for (const way of this.#ways) way.close();
  }

  async #ask(node: Node): Promise<void> {
    try {
      const address = `http://127.0.0.1:${String(node.port)}/readyz`;
      const response = await fetch(address, { signal: AbortSignal.timeout(ASK.within) });
      await response.arrayBuffer();
      node.isReady = response.ok;
    } catch {
      node.isReady = false;
    }
  }

  /** All nodes in the order in which they are tried. */
  #inTurn(): Node[] {
    this.#turn += 1;
    const start = this.#turn % this.#nodes.length;
    const inTurn = [...this.#nodes.slice(start), ...this.#nodes.slice(0, start)];
    return [...inTurn.filter(({ isReady }) => isReady), ...inTurn.filter(({ isReady }) => !isReady)];
  }

  #connect(client: Socket, [node, ...others]: readonly Node[]): void {
    if (!node) {
      client.destroy();
      return;
    }
    const upstream = connect(node.port, '127.0.0.1');
    let connected = false;
    const give = (): void => {
      upstream.destroy();
    };
    client.once('close', give);
    upstream.once('connect', () => {
      connected = true;
      client.pipe(upstream);
      upstream.pipe(client);
    });
    upstream.on('error', () => undefined);
    upstream.once('close', () => {
      client.off('close', give);
      if (connected || client.destroyed) client.destroy();
      else this.#connect(client, others);
    });
  }
}
