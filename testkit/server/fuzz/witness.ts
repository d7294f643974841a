import { subscribe } from 'node:diagnostics_channel';
import { EventEmitter } from 'node:events';
import { writeSync } from 'node:fs';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Stream } from 'node:stream';
import { WebSocket } from 'ws';

/**
 * Loaded into a server's process by `--import`, the witness sees what cannot be seen from outside: every stream that is
 * created in the process (TCP and TLS sockets, files, compressors, readers of frames), and every websocket, which is
 * not a stream. It watches the constructor of all emitters, so that it need not know who creates them.
 *
 * It does not watch emitters that no outside event makes emit an `error` without a listener:
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

/** An emitter may emit `error` until it emits `close`, so it needs a listener until then. */
const isOver = (emitter: object): boolean => 'closed' in emitter && emitter.closed === true;
const isStandard = (emitter: object): boolean => '_isStdio' in emitter;

const check = (emitter: Stream | WebSocket, when: string): void => {
  if (isOver(emitter) || isStandard(emitter) || emitter.listenerCount('error') > 0) return;
  const { stack } = new Error(when);
  const what = `a ${emitter.constructor.name} has no error listener`;
  say({ level: 50, msg: what, when, stack });
};

const watch = (emitter: Stream | WebSocket): void => {
  // The code that receives it has until the end of this tick to add a listener.
  process.nextTick(check, emitter, 'it is new');
  emitter.on('removeListener', (event: string) => {
    if (event === 'error') process.nextTick(check, emitter, 'one was taken away');
  });
};

/** Every emitter's constructor calls this. Node does not document that; `watched` shows whether it still does. */
const init: unknown = Reflect.get(EventEmitter, 'init');
let watched = 0;
Reflect.set(EventEmitter, 'init', function begin(this: EventEmitter, ...options: unknown[]): void {
  if (typeof init === 'function') Reflect.apply(init, this, options);
  if (!isWatched(this)) return;
  watched += 1;
  watch(this);
});

/** The connections that others have opened to this process. */
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
