import type {
  ClientEvent,
  ClientPayload,
  ClientResult,
  Refusal,
  ServerEvent,
  ServerPayload,
} from '../../../protocol/events.ts';

/**
 * How much depends on the connection. `call`: one rings or is up. `lost`: the two phones of a call have lost each other
 * and need the server to find a new path, within seconds; that is over after half a minute, so trying hard is cheap.
 */
export type Urgency = 'calm' | 'call' | 'lost';

/** An answer. `unavailable` also says that there was none: aborted, or the connection is down for good. */
export type Answer<E extends ClientEvent> = ({ ok: true } & ClientResult<E>) | Refusal;

export type SignalingListener<E extends ServerEvent> = (payload: ServerPayload<E>) => void;

/** What happened, by a fixed name, with numbers and codes; never names, addresses or what people wrote. */
export type SignalingLog = (what: string, detail?: Record<string, string | number>) => void;

/** A request that has no answer yet. */
export interface Pending {
  readonly event: ClientEvent;
  readonly payload: ClientPayload<ClientEvent>;
  settle(answer: unknown): void;
}
