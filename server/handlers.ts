import type { Ack, ClientEvent, ClientPayload, ClientResult } from '../protocol/events.ts';
import type { Sender } from './sender.ts';

/** What answers each event of a phone: the payload has been parsed, the sender stamped. */
export type Handlers = {
  readonly [E in ClientEvent]: (from: Sender, payload: ClientPayload<E>) => Promise<Ack<ClientResult<E>>>;
};
