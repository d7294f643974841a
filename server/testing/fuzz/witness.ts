import { subscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import { writeSync } from 'node:fs';

// Loaded into a server's process by `--import`: it sees what nobody sees from outside.

const STANDARD_ERROR = 2;
const say = (line: object): void => {
  writeSync(STANDARD_ERROR, `${JSON.stringify(line)}\n`);
};

/** Those that others have opened to this process. */
const accepted = new Set<Socket>();

/** An `error` is emitted up to the moment before `close`. */
const check = (socket: Socket, when: string): void => {
  if (socket.closed || socket.listenerCount('error') > 0) return;
  const { stack } = new Error(when);
  say({ level: 50, msg: 'a socket has no error listener', when, stack });
};

const watch = (socket: Socket): void => {
  // Whoever gets it has until the end of this step to listen.
  process.nextTick(check, socket, 'it is new');
  socket.on('removeListener', (event: string) => {
    if (event === 'error') process.nextTick(check, socket, 'one was taken away');
  });
};

const socketOf = (message: unknown): Socket | null =>
  typeof message === 'object' && message !== null && 'socket' in message && message.socket instanceof Socket
    ? message.socket
    : null;

subscribe('net.client.socket', (message) => {
  const socket = socketOf(message);
  if (socket) watch(socket);
});
subscribe('net.server.socket', (message) => {
  const socket = socketOf(message);
  if (!socket) return;
  watch(socket);
  accepted.add(socket);
  socket.once('close', () => accepted.delete(socket));
});

process.on('SIGUSR2', () => {
  const resources = process.getActiveResourcesInfo();
  const timers = resources.filter((kind) => kind === 'Timeout').length;
  say({ level: 30, accepted: accepted.size, timers, others: resources.length - timers });
});
