import type { EngineConnection, PhoneServer } from './typed-io.ts';

/**
 * How much may wait for one phone, in characters. The largest snapshot, of 5,000 contacts, is about a quarter of it;
 * without a bound a phone that does not read would fill the server's memory.
 */
const UNSENT_MOST = 4 * 1024 * 1024;

const lengthOf = (data: unknown): number => (typeof data === 'string' ? data.length : 0);

/**
 * Cuts the connections of phones that do not read what they are sent. A phone that still lives reconnects, and gets a
 * new snapshot.
 * @param most another bound in tests only.
 */
export const watchSlowConsumers = (io: PhoneServer, onSlow: () => void, most = UNSENT_MOST): void => {
  io.on('connection', ({ conn }) => {
    // Engine.IO hands over what has been made since the last time, and no more until the system has all of it.
    // The request is let go of after the handshake.
    const { socket } = conn.request;
    // Not close() for a websocket, which would wait for the phone to read first. A poll's socket may be another by now.
    const cut = (): void => {
      if (conn.transport.name === 'websocket') socket.destroy();
      else conn.close(true);
    };
    let [waiting, handedOver] = [0, 0];
    conn.on('packetCreate', ({ data }: { data?: unknown }) => {
      waiting += lengthOf(data);
      if (waiting + handedOver <= most) return;
      [waiting, handedOver] = [0, 0];
      onSlow();
      cut();
    });
    conn.on('flush', () => {
      handedOver += waiting;
      waiting = 0;
    });
    conn.transport.on('drain', () => {
      handedOver = 0;
    });
  });
};

/**
 * Cuts the websockets of clients that send and do not read: the WebSocket layer answers each of their pings by itself,
 * before and after the handshake, and the unread answers would fill the memory. Call it after Socket.IO is attached.
 */
export const watchSilentReaders = (io: PhoneServer, onSlow: () => void): void => {
  io.engine.on('connection', ({ request: { socket }, transport }: EngineConnection) => {
    if (transport.name !== 'websocket') return;
    socket.on('data', () => {
      if (socket.writableLength <= UNSENT_MOST) return;
      onSlow();
      socket.destroy();
    });
  });
};
