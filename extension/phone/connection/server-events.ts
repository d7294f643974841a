import { SERVER_EVENTS, type ServerEvent } from '../../../protocol/events.ts';
import type { SignalingListener, SignalingLog } from './signaling-types.ts';

type Listeners = { [E in ServerEvent]?: Set<SignalingListener<E>> };

const isServerEvent = (name: string): name is ServerEvent => Object.hasOwn(SERVER_EVENTS, name);

/** Parses what the server sends and hands it on. What does not fit the contract is logged and dropped. */
export class ServerEvents {
  readonly #listeners: Listeners = {};
  readonly #log: SignalingLog;

  constructor(log: SignalingLog) {
    this.#log = log;
  }

  on<E extends ServerEvent>(event: E, listener: SignalingListener<E>): void {
    const listeners: Set<SignalingListener<E>> = this.#listeners[event] ?? new Set();
    listeners.add(listener);
    Object.assign(this.#listeners, { [event]: listeners });
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
    const listeners: Iterable<(payload: never) => void> = this.#listeners[name] ?? [];
    // TypeScript cannot relate an indexed schema to its own output; both are those that `name` names.
    for (const listener of listeners) listener(parsed.data as never);
  }
}
