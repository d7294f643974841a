import type { EndReason } from '../../protocol/calls/call.ts';
import { refuse } from '../../protocol/events.ts';
import { isUp, newCall, refusedCall, sideOf, type Call } from './call.ts';
import { toPhone, type Draft } from './draft.ts';
import type { Answer, LedgerEvent, Reachability } from './ledger-event.ts';
import { stateFor } from './state-for.ts';

const REFUSALS = ['busy', 'do-not-disturb', 'unreachable', 'not-allowed'] as const satisfies EndReason[];
type RefusalReason = (typeof REFUSALS)[number];

type InviteEvent = Extract<LedgerEvent, { kind: 'invite' }>;

const refused = (refusal: Extract<Answer, { kind: 'refused' }>['refusal']): Answer => ({
  kind: 'refused',
  refusal,
});

const glare = (call: Call): Answer =>
  refused({ ok: false, code: 'glare', callId: call.callId, offer: call.offer, media: call.media });

/** The code for an invite that was refused at once, the same each time the invite is repeated. */
const codeOf = (reason: EndReason | null): RefusalReason | 'call-ended' =>
  REFUSALS.find((refusal) => refusal === reason) ?? 'call-ended';

/** Why the call does not ring, for the record and the answer; null: it rings. A block looks like offline. */
const reasonOf = (reachability: Exclude<Reachability, 'nobody'>, busy: boolean): RefusalReason | null => {
  switch (reachability) {
    case 'ok':
      return busy ? 'busy' : null;
    case 'blocked':
      return 'unreachable';
    case 'not-allowed':
    case 'unreachable':
    case 'do-not-disturb':
      return reachability;
  }
};

/** Answers an invite whose id is known: a repetition, an alias (glare), or somebody else's call. */
const repeated = (draft: Draft, known: Call, { from, invite }: InviteEvent): Answer => {
  if (known.callId !== invite.callId) {
    if (known.calleeId !== from.userId) return refused(refuse('unknown-call'));
    return known.state === 'ringing' ? glare(known) : refused(refuse('call-ended'));
  }
  if (sideOf(known, from.instanceId) !== 'caller' || known.calleeId !== invite.to) {
    return refused(refuse('unknown-call'));
  }
  if (known.state !== 'ended') return { kind: 'version', v: known.v };
  if (known.v === 1) return refused(refuse(codeOf(known.reason)));
  // The call rang, and ended while the acknowledgement was lost: the phone must show how.
  draft.tell(toPhone(from.instanceId), stateFor(known, from));
  return refused(refuse('call-ended'));
};

/**
 * What the caller's earlier call means for a new one. A phone that dials again has given its old call up. A call to
 * the same person also replaces the old one if the phone that held that is away.
 */
const clearOwnCall = (draft: Draft, { from, invite, at }: InviteEvent): 'free' | 'in-another-call' => {
  const heldId = draft.person(from.userId).callId;
  const held = heldId === null ? undefined : draft.call(heldId);
  if (!held) return 'free';
  const mine = held.callerId === from.userId ? 'caller' : 'callee';
  const other = mine === 'caller' ? held.calleeId : held.callerId;
  if (sideOf(held, from.instanceId) === mine) {
    draft.end(held, held.state === 'ringing' ? 'cancelled' : 'hung-up', at);
    return 'free';
  }
  if (other === invite.to && held.away[mine] !== null) {
    draft.end(held, held.state === 'ringing' ? 'cancelled' : 'connection-lost', at);
    return 'free';
  }
  return 'in-another-call';
};

/** Places a call, joins it to one that comes from the other side, or refuses it. */
export const decideInvite = (draft: Draft, event: InviteEvent): Answer => {
  const { from, person, invite, at, reachability, pause, ringTimeout } = event;
  const known = draft.call(invite.callId);
  if (known) return repeated(draft, known, event);
  if (invite.to === from.userId) return refused(refuse('not-allowed'));

  const theirs = draft.person(invite.to).callId;
  const crossing = theirs === null ? undefined : draft.call(theirs);
  if (crossing?.state === 'ringing' && crossing.calleeId === from.userId && !crossing.silenced) {
    return glare(draft.put({ ...crossing, aliases: [...crossing.aliases, invite.callId] }));
  }
  if (reachability === 'nobody') return refused(refuse('not-allowed'));
  const { callId, to, media, offer } = invite;
  const call = newCall({ callId, from, person, to, media, offer, at, ringTimeout });
  if (reachability === 'not-allowed') {
    // No call is placed, so one that the caller is in goes on.
    draft.put({ ...refusedCall(call, reachability), traceless: true });
    return refused(refuse(reachability));
  }
  // No call is placed here either. Checked before presence, so that the answer reveals nothing of it.
  if (pause !== undefined) return refused({ ok: false, code: 'rate-limited', retryAfter: pause });
  if (clearOwnCall(draft, event) === 'in-another-call') return refused(refuse('in-another-call'));

  const callee = draft.person(to);
  const calleeCall = callee.callId === null ? undefined : draft.call(callee.callId);
  // Ringing calls, however many, make nobody busy.
  const busy = calleeCall !== undefined && isUp(calleeCall);
  const reason = reasonOf(reachability, busy);
  if (reason !== null) {
    draft.put({ ...refusedCall(call, reason), traceless: reachability === 'blocked' });
    return refused(refuse(reason));
  }
  draft.put(call);
  draft.lock(from.userId, callId);
  draft.ring(call, event.favourite ?? false);
  return { kind: 'version', v: call.v };
};
