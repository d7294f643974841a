import type { ClientEvent, ClientPayload } from '../../../protocol/events.ts';
import type { Signaling } from './signaling.ts';
import type { Answer } from './signaling-types.ts';

/**
 * Milliseconds that a view waits for the server. A question from before the connection was lost must not reach the
 * server much later: it would mark as seen, or delete, what came in meanwhile.
 */
const ANSWER_WITHIN = 10_000;

/**
 * Asks the server something that a view wants to know or to have done. Never rejects: the code is `signed-out` while
 * nobody is signed in, and `unavailable` when no answer came in time.
 */
export type Ask = <E extends ClientEvent>(
  event: E,
  payload: ClientPayload<E>,
) => Promise<Answer<E> | { ok: false; code: 'signed-out' }>;

/** @param signaling null while nobody is signed in */
export const createAsk =
  (signaling: () => Pick<Signaling, 'request'> | null): Ask =>
  async (event, payload) =>
    signaling()?.request(event, payload, AbortSignal.timeout(ANSWER_WITHIN)) ?? {
      ok: false,
      code: 'signed-out',
    };
