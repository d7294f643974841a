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

/** The code that an invite which was refused at once is answered with, also when it is repeated. */
const codeOf = (reason: EndReason | null): RefusalReason | 'call-ended' =>
  REFUSALS.find((refusal) => refusal === reason) ?? 'call-ended';

/** Why nobody rings, in the caller's record and in the answer; null: somebody may. Blocked looks like offline. */
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

/** An invite whose id is known: the same again, or somebody else's. */
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
  // It rang, and ended while the acknowledgement was lost: the phone shows how.
  draft.tell(toPhone(from.instanceId), stateFor(known, from));
  return refused(refuse('call-ended'));
};

/**
 * What the caller's earlier call means for a new one. The same phone dialling
 * anew has given the old call up. Dialling the person one is in a call with
 * after that phone was lost replaces the old call, too.
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
    // This leads to no call: the one that the caller may be in goes on.
    draft.put({ ...refusedCall(call, reachability), traceless: true });
    return refused(refuse(reachability));
  }
  // No call either. Checked before presence, so that the answer reveals nothing of it.
  if (pause !== undefined) return refused({ ok: false, code: 'rate-limited', retryAfter: pause });
  if (clearOwnCall(draft, event) === 'in-another-call') return refused(refuse('in-another-call'));

  const callee = draft.person(to);
  const calleeCall = callee.callId === null ? undefined : draft.call(callee.callId);
  // However many calls ring there: ringing makes nobody busy.
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
