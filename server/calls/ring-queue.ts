import type { UserId } from '../../protocol/ids.ts';
import type { Call } from './call.ts';
import type { LedgerView } from './ledger-view.ts';
import { shownOf, waitingIn } from './ring-line.ts';

/** The calls that ring at a person, as their phones are told. */
export interface RingQueue {
  /** Orders what is told of one person's queue. */
  readonly v: number;
  /** The foremost first. */
  readonly shown: readonly Call[];
  readonly waiting: number;
}

/** Reads a person's queue from a view. */
export const queueAt = (view: LedgerView, userId: UserId): RingQueue => {
  const { ringing, queueV } = view.person(userId);
  const shown = shownOf(ringing).map((callId) => view.call(callId));
  return { v: queueV, shown: shown.filter((call) => call !== undefined), waiting: waitingIn(ringing) };
};
