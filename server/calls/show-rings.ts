import type { LedgerView } from './ledger-view.ts';
import type { Draft } from './draft.ts';
import { shownOf, waitingIn } from './ring-line.ts';

/**
 * What a decision changes in the queues of ringing calls, as the callees' phones see them. Phones show the head of
 * the queue, so that neither they nor their events grow with the number of callers: a call rings there when it
 * reaches the head. Where more than one call is queued, the order is sent first, so that a phone that shows as many
 * as it may makes room.
 */
export const showRings = (draft: Draft, view: LedgerView, at: number): void => {
  for (const { userId, ringing: after } of [...draft.writes.people.values()]) {
    const { ringing: before, queueV } = view.person(userId);
    if (after.length === before.length && after.every(({ callId }, i) => callId === before[i]?.callId))
      continue;
    // Rises also when nothing has rung for a while and the last number was dropped.
    const v = Math.max(queueV + 1, at);
    draft.numberQueue(userId, v);
    const [shown, earlier] = [shownOf(after), shownOf(before)];
    if (Math.max(before.length, after.length) > 1) {
      draft.effects.push({ kind: 'queue', userId, queue: { v, shown, waiting: waitingIn(after) } });
    }
    // A waiting call is sent to no phone, so none reports that it rings: its caller is told here.
    for (const { callId } of after.slice(shown.length)) {
      if (!earlier.includes(callId) && before.some((ring) => ring.callId === callId)) continue;
      const call = draft.call(callId);
      if (call) draft.alert(call);
    }
    for (const callId of shown) {
      const call = earlier.includes(callId) ? undefined : draft.call(callId);
      if (call) draft.effects.push({ kind: 'ring', call });
    }
  }
};
