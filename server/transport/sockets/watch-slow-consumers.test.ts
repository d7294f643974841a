import { once } from 'node:events';
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { listen } from '../http/listen.ts';
import type { PhoneServer, PhoneSocket } from './typed-io.ts';
import { watchSlowConsumers } from './watch-slow-consumers.ts';

const MEGABYTE = 1024 * 1024;
const CHUNK = 'x'.repeat(64 * 1024);
/** More than two machines' socket buffers take up by themselves. */
const FAR_TOO_MUCH = 64 * MEGABYTE;

describe('a phone that does not read', () => {
  let io: PhoneServer;
  let url: string;
  let slow: number;

  beforeEach(async () => {
    slow = 0;
    const http = createServer();
    io = new Server(http, { transports: ['websocket'], serveClient: false });
    watchSlowConsumers(io, () => (slow += 1), MEGABYTE);
    const port = await listen(http, { host: '127.0.0.1', port: 0 });
    url = `ws://127.0.0.1:${String(port)}/socket.io/?EIO=4&transport=websocket`;
  });
  afterEach(() => io.close());

  /** A raw client, which can stop reading; Socket.IO's own reads whatever comes. */
  const connect = async (): Promise<{ client: WebSocket; socket: PhoneSocket; received: () => number }> => {
    const client = new WebSocket(url);
    let received = 0;
    client.on('message', (data: Buffer) => (received += data.length));
    await once(client, 'open');
    const arrived = new Promise<PhoneSocket>((resolve) => io.once('connection', resolve));
    client.send('40');
    return { client, socket: await arrived, received: () => received };
  };

  const send = (socket: PhoneSocket): void => {
    socket.emit('session:ended', { code: 'superseded', ...{ filler: CHUNK } });
  };

  it('is cut off before it fills the memory, and the others are not', async () => {
    const [deaf, well] = [await connect(), await connect()];
    deaf.client.pause();
    const gone = new Promise<string>((resolve) => deaf.socket.on('disconnect', resolve));
    for (let sent = 0; sent < FAR_TOO_MUCH && deaf.socket.connected; sent += CHUNK.length) {
      send(deaf.socket);
      // The system takes what it can in between.
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await gone).toMatch(/^transport/);
    expect(slow).toBe(1);
    const before = well.received();
    send(well.socket);
    await once(well.client, 'message');
    expect(well.received()).toBeGreaterThan(before);
    expect(well.socket.connected).toBe(true);
    deaf.client.terminate();
    well.client.terminate();
  });

  it('may be sent far more than the bound while it reads', async () => {
    const { client, socket, received } = await connect();
    const most = 8 * MEGABYTE;
    for (let sent = 0; sent < most; sent += CHUNK.length) {
      const before = received();
      send(socket);
      while (received() < before + CHUNK.length) await once(client, 'message');
    }
    expect(received()).toBeGreaterThan(most);
    expect([slow, socket.connected]).toEqual([0, true]);
    client.terminate();
  });
});
