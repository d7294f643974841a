import { refuse } from '../../protocol/events.ts';
import { sideOf, type Call } from './call.ts';
import type { Draft } from './draft.ts';
import type { Answer, LedgerEvent } from './ledger-event.ts';

type SourcesEvent = Extract<LedgerEvent, { kind: 'sources' }>;

/**
 * Keeps which sources a phone of the call reports as on. This is no transition: nobody is told, and the store is
 * not written.
 */
export const decideSources = (draft: Draft, call: Call, { from, sources }: SourcesEvent): Answer => {
  const side = sideOf(call, from.instanceId);
  if (side === null) return { kind: 'refused', refusal: refuse('answered-elsewhere') };
  const { microphone, camera } = sources;
  draft.put({ ...call, sources: { ...call.sources, [side]: { microphone, camera } } });
  return { kind: 'done' };
};
