import type { CallId, UserId } from '../../protocol/ids.ts';
import type { Call } from './call.ts';
import type { Ring } from './ring-line.ts';

/** What the ledger knows of one person. */
export interface PersonEntry {
  readonly userId: UserId;
  /** The call that holds this person's lock: one they placed, or one they are in. */
  readonly callId: CallId | null;
  /** Calls that ring at this person: favourites first, then the newest. */
  readonly ringing: readonly Ring[];
  /** Rises with each change of `ringing`. */
  readonly queueV: number;
}

/** What is known of a person who neither rings, is rung nor is in a call. */
export const atRest = (userId: UserId): PersonEntry => ({ userId, callId: null, ringing: [], queueV: 0 });

/** What a decision reads. `call` also finds a call by an alias. */
export interface LedgerView {
  call(callId: CallId): Call | undefined;
  person(userId: UserId): PersonEntry;
}

/** What a decision changes; committed in one step or not at all. */
export interface LedgerWrites {
  readonly calls: ReadonlyMap<CallId, Call>;
  /** Those of `calls` whose `v` rose: the ones the store must know of. */
  readonly transitions: ReadonlySet<CallId>;
  readonly forgotten: ReadonlySet<CallId>;
  readonly people: ReadonlyMap<UserId, PersonEntry>;
}
