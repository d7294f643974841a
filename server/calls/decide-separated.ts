import { isUp, silencedCall, type Call } from './call.ts';
import type { Draft } from './draft.ts';
import type { LedgerEvent } from './ledger-event.ts';

type SeparatedEvent = Extract<LedgerEvent, { kind: 'separated' }>;

/** What becomes of the call that one of the two holds. */
const endHeld = (draft: Draft, call: Call, { by, how, at }: SeparatedEvent): void => {
  if (isUp(call)) {
    // Removing a contact does not end a call that is up.
    if (how === 'blocked') draft.end(call, 'hung-up', at);
  } else if (call.callerId === by) {
    draft.end(call, 'cancelled', at);
  }
};

/**
 * One of two people has removed or blocked the other. A call from the other that rings stops ringing here; after a
 * block it rings on for the caller until the ring timeout, as it would at a person who has just gone offline.
 */
export const decideSeparated = (draft: Draft, event: SeparatedEvent): void => {
  const { by, other, how, at } = event;
  const heldId = draft.person(by).callId;
  const held = heldId === null ? undefined : draft.call(heldId);
  if (held && (held.callerId === other || held.calleeId === other)) endHeld(draft, held, event);
  // A caller holds the call they place, even one too far behind to be in the queue. Traceless: blocked before.
  const placedId = draft.person(other).callId;
  const call = placedId === null ? undefined : draft.call(placedId);
  if (call?.state !== 'ringing' || call.callerId !== other || call.calleeId !== by || call.traceless) return;
  if (how === 'removed') {
    draft.end(call, 'declined', at);
    return;
  }
  const { callId, v } = draft.put(silencedCall(call));
  draft.stopRinging(by, callId);
  draft.tell(
    { kind: 'person', userId: by, except: null },
    { callId, v: v + 1, state: 'ended', reason: 'declined' },
  );
};
