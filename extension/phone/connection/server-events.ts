import { SERVER_EVENTS, type ServerEvent } from '../../../protocol/events.ts';
import type { SignalingListener, SignalingLog } from './signaling-types.ts';

type Listeners = { [E in ServerEvent]?: Set<SignalingListener<E>> };

const isServerEvent = (name: string): name is ServerEvent => Object.hasOwn(SERVER_EVENTS, name);

/**
 * Changes of what `session:ready` brings as a whole. The server may send one to a new connection after it has read the
 * whole and before it sends it, which would undo the change.
 */
const CHANGES_OF_READY: ReadonlySet<ServerEvent> = new Set<ServerEvent>([
  'account:changed',
  'presence:own',
  'privacy:own',
  'contact:changed',
  'contact:removed',
  'contact:marked',
  'contact:pending',
  'contact:blocked',
  'contact:unblocked',
]);

/** Parses what the server sends and hands it on. What does not fit the contract is logged and dropped. */
export class ServerEvents {
  readonly #listeners: Listeners = {};
  readonly #log: SignalingLog;
  /** The changes that wait for `session:ready`; null: it has come. */
  #held: (() => void)[] | null = null;

  constructor(log: SignalingLog) {
    this.#log = log;
  }

  on<E extends ServerEvent>(event: E, listener: SignalingListener<E>): void {
    const listeners: Set<SignalingListener<E>> = this.#listeners[event] ?? new Set();
    listeners.add(listener);
    Object.assign(this.#listeners, { [event]: listeners });
  }

  /** A connection is open, and `session:ready` is to come. */
  opened(): void {
    this.#held = [];
  }

  receive(name: string, payload: unknown): void {
    if (!isServerEvent(name)) {
      this.#log('event-unknown');
      return;
    }
    const parsed = SERVER_EVENTS[name].safeParse(payload);
    if (!parsed.success) {
      this.#log('event-malformed', { event: name, issue: parsed.error.issues[0]?.code ?? '' });
      return;
    }
    this.#log('event', { event: name });
    const handOn = (): void => {
      const listeners: Iterable<(payload: never) => void> = this.#listeners[name] ?? [];
      // TypeScript cannot relate an indexed schema to its own output; both are those that `name` names.
      for (const listener of listeners) listener(parsed.data as never);
    };
    if (this.#held && CHANGES_OF_READY.has(name)) {
      this.#held.push(handOn);
      return;
    }
    handOn();
    if (name !== 'session:ready') return;
    const held = this.#held ?? [];
    this.#held = null;
    for (const change of held) change();
  }
}
