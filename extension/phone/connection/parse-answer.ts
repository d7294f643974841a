import { CLIENT_EVENTS, refusalSchema, refuse, type ClientEvent } from '../../../protocol/events.ts';
import type { Answer } from './signaling-types.ts';

/** Reads an acknowledgement. One that does not fit the contract counts as a failure of the server. */
export const parseAnswer = <E extends ClientEvent>(event: E, answer: unknown): Answer<E> => {
  if (typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === true) {
    const { ok, ...rest } = answer;
    const result = CLIENT_EVENTS[event].result.safeParse(rest);
    // TypeScript cannot relate an indexed schema to its own output; the schema is the one that `E` names.
    return result.success ? ({ ok, ...result.data } as Answer<E>) : refuse('server-error');
  }
  const refusal = refusalSchema.safeParse(answer);
  return refusal.success ? refusal.data : refuse('server-error');
};
