import { refuse } from '../../protocol/events.ts';
import { sideOf, type Call } from './call.ts';
import type { Draft } from './draft.ts';
import type { Answer, LedgerEvent } from './ledger-event.ts';

type SourcesEvent = Extract<LedgerEvent, { kind: 'sources' }>;

/** Keeps what a phone of the call says is on. No step of the call: nobody is told, and nothing is written. */
export const decideSources = (draft: Draft, call: Call, { from, sources }: SourcesEvent): Answer => {
  const side = sideOf(call, from.instanceId);
  if (side === null) return { kind: 'refused', refusal: refuse('answered-elsewhere') };
  const { microphone, camera } = sources;
  draft.put({ ...call, sources: { ...call.sources, [side]: { microphone, camera } } });
  return { kind: 'done' };
};
