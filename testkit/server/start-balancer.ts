import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** One address for many nodes, as a load balancer gives them. */
export interface Balancer extends AsyncDisposable {
  readonly url: string;
  /** The nodes that connections go to from now on, each in turn; those there are stay where they are. */
  serve(urls: readonly string[]): void;
}

/** Passes connections on, to the next node when one takes none. It asks nobody whether they are ready. */
export const startBalancer = async (): Promise<Balancer> => {
  let ports: number[] = [];
  let turn = 0;
  const open = new Set<Socket>();

  const follow = (socket: Socket): void => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    // 'close' follows.
    socket.on('error', () => undefined);
  };
  const reach = async (): Promise<Socket | null> => {
    turn += 1;
    for (let i = 0; i < ports.length; i += 1) {
      const node = connect(ports[(turn + i) % ports.length] ?? 0, '127.0.0.1');
      follow(node);
      const reached = await once(node, 'connect').then(
        () => true,
        () => false,
      );
      if (reached) return node;
    }
    return null;
  };
  const server = createServer((phone) => {
    follow(phone);
    void reach().then((node) => {
      if (node === null || phone.destroyed) {
        phone.destroy();
        node?.destroy();
        return;
      }
      phone.pipe(node).pipe(phone);
      for (const [one, other] of [
        [phone, node],
        [node, phone],
      ] as const) {
        one.on('close', () => other.destroy());
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  return {
    url: `http://127.0.0.1:${String(address.port)}`,
    serve(urls) {
      ports = urls.map((url) => Number(new URL(url).port));
    },
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
  };
};
