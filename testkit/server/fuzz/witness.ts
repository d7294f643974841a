import { subscribe } from 'node:diagnostics_channel';
import { EventEmitter } from 'node:events';
import { writeSync } from 'node:fs';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Stream } from 'node:stream';
import { WebSocket } from 'ws';

/**
 * Loaded into a server's process by `--import`, it sees what nobody sees from outside: every stream that comes to be in
 * the process (sockets of TCP and of TLS, files, what packs and unpacks, what reads frames), and every websocket, which
 * is none. It watches the constructor of all emitters, so that it need not know who makes them.
 *
 * Not watched, because nothing from outside makes them emit an `error` that nobody hears:
 * - a request as it comes in: Node tells it of an error only if somebody listens (`onError` in `_http_incoming`);
 * - its response: the only error of its own is a write after its end, which would be the server's doing;
 * - standard output and standard error: their other end is the operator's;
 * - emitters that are neither (a pool, a client of Redis or of PostgreSQL): they pass on what their sockets say, and
 *   the tests of outages end those under them.
 */
const isWatched = (emitter: object): emitter is Stream | WebSocket =>
  (emitter instanceof Stream || emitter instanceof WebSocket) &&
  !(emitter instanceof IncomingMessage || emitter instanceof ServerResponse);

const STANDARD_ERROR = 2;
const say = (line: object): void => {
  writeSync(STANDARD_ERROR, `${JSON.stringify(line)}\n`);
};

/** An `error` is emitted up to the moment before `close`. */
const isOver = (emitter: object): boolean => 'closed' in emitter && emitter.closed === true;
const isStandard = (emitter: object): boolean => '_isStdio' in emitter;

const check = (emitter: Stream | WebSocket, when: string): void => {
  if (isOver(emitter) || isStandard(emitter) || emitter.listenerCount('error') > 0) return;
  const { stack } = new Error(when);
  const what = `a ${emitter.constructor.name} has no error listener`;
  say({ level: 50, msg: what, when, stack });
};

const watch = (emitter: Stream | WebSocket): void => {
  // Its receiver has until the end of this tick to add a listener.
  process.nextTick(check, emitter, 'it is new');
  emitter.on('removeListener', (event: string) => {
    if (event === 'error') process.nextTick(check, emitter, 'one was taken away');
  });
};

/** What the constructor of every emitter calls. Node does not document it: that it still does is seen by `watched`. */
const init: unknown = Reflect.get(EventEmitter, 'init');
let watched = 0;
Reflect.set(EventEmitter, 'init', function begin(this: EventEmitter, ...options: unknown[]): void {
  if (typeof init === 'function') Reflect.apply(init, this, options);
  if (!isWatched(this)) return;
  watched += 1;
  watch(this);
});

/** Those that others have opened to this process. */
const accepted = new Set<Socket>();

subscribe('net.server.socket', (message) => {
  const socket = typeof message === 'object' && message !== null && 'socket' in message && message.socket;
  if (!(socket instanceof Socket)) return;
  accepted.add(socket);
  socket.once('close', () => accepted.delete(socket));
});

process.on('SIGUSR2', () => {
  const resources = process.getActiveResourcesInfo();
  const timers = resources.filter((kind) => kind === 'Timeout').length;
  say({ level: 30, accepted: accepted.size, timers, others: resources.length - timers, watched });
});
