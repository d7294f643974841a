import type { EndReason } from '../../protocol/call.ts';
import { refuse } from '../../protocol/events.ts';
import { LIMITS } from '../../protocol/limits.ts';
import { isUp, newCall, refusedCall, sideOf, type Call } from './call.ts';
import type { Draft } from './draft.ts';
import type { Answer, LedgerEvent } from './ledger-event.ts';

type InviteEvent = Extract<LedgerEvent, { kind: 'invite' }>;

const refused = (refusal: Extract<Answer, { kind: 'refused' }>['refusal']): Answer => ({
  kind: 'refused',
  refusal,
});

const glare = (call: Call): Answer =>
  refused({ ok: false, code: 'glare', callId: call.callId, offer: call.offer, media: call.media });

/** The code that an invite which was refused at once is answered with, also when it is repeated. */
const codeOf = (reason: EndReason | null): 'busy' | 'do-not-disturb' | 'unreachable' | 'call-ended' =>
  reason === 'busy' || reason === 'do-not-disturb' || reason === 'unreachable' ? reason : 'call-ended';

/** An invite whose id is known: the same again, or somebody else's. */
const repeated = (known: Call, { from, invite }: InviteEvent): Answer => {
  if (known.callId !== invite.callId) {
    if (known.calleeId !== from.userId) return refused(refuse('unknown-call'));
    return known.state === 'ringing' ? glare(known) : refused(refuse('call-ended'));
  }
  if (sideOf(known, from.instanceId) !== 'caller' || known.calleeId !== invite.to) {
    return refused(refuse('unknown-call'));
  }
  if (known.state !== 'ended') return { kind: 'version', v: known.v };
  return refused(refuse(known.v === 1 ? codeOf(known.reason) : 'call-ended'));
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
  const { from, person, invite, at, reachability, ringTimeout } = event;
  const known = draft.call(invite.callId);
  if (known) return repeated(known, event);
  if (invite.to === from.userId) return refused(refuse('not-allowed'));

  const theirs = draft.person(invite.to).callId;
  const crossing = theirs === null ? undefined : draft.call(theirs);
  if (crossing?.state === 'ringing' && crossing.calleeId === from.userId) {
    return glare(draft.put({ ...crossing, aliases: [...crossing.aliases, invite.callId] }));
  }
  if (reachability === 'not-allowed') return refused(refuse(reachability));
  if (clearOwnCall(draft, event) === 'in-another-call') return refused(refuse('in-another-call'));

  const { callId, to, media, offer } = invite;
  const call = newCall({ callId, from, person, to, media, offer, at, ringTimeout });
  const callee = draft.person(to);
  const calleeCall = callee.callId === null ? undefined : draft.call(callee.callId);
  const busy =
    (calleeCall !== undefined && isUp(calleeCall)) || callee.ringing.length >= LIMITS.simultaneousRings;
  const reason = reachability === 'ok' ? (busy ? 'busy' : null) : reachability;
  if (reason !== null) {
    draft.put(refusedCall(call, reason));
    return refused(refuse(reason));
  }
  draft.put(call);
  draft.lock(from.userId, callId);
  draft.ring(to, callId);
  draft.effects.push({ kind: 'ring', call });
  return { kind: 'version', v: call.v };
};
