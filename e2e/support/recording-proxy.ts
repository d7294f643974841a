import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer, type RawData } from 'ws';

/** One message of a phone's connection, as text, in the order it passed. */
export interface PassedFrame {
  to: 'server' | 'phone';
  text: string;
}

const textOf = (data: RawData): string =>
  (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as ArrayBuffer)).toString('utf8');

const passRequest = (upstream: URL, from: IncomingMessage, to: ServerResponse): void => {
  const onward = request(
    {
      host: upstream.hostname,
      port: upstream.port,
      path: from.url,
      method: from.method,
      headers: from.headers,
    },
    (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    },
  );
  onward.on('error', () => to.destroy());
  from.pipe(onward);
};

/** Stands between one phone and the server, and writes down everything that passes. */
export class RecordingProxy {
  readonly url: string;
  readonly frames: PassedFrame[] = [];
  readonly #stop: () => Promise<void>;

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
      const early: RawData[] = [];
      phone.on('message', (data) => {
        proxy.frames.push({ to: 'server', text: textOf(data) });
        if (server.readyState === WebSocket.OPEN) server.send(textOf(data));
        else early.push(data);
      });
      server.on('open', () => {
        for (const data of early) server.send(textOf(data));
      });
      server.on('message', (data) => {
        proxy.frames.push({ to: 'phone', text: textOf(data) });
        phone.send(textOf(data));
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

  close(): Promise<void> {
    return this.#stop();
  }
}
