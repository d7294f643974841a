import type { CallId, UserId } from '../../protocol/ids.ts';
import type { Call } from './call.ts';

/** What the ledger knows of one person. */
export interface PersonEntry {
  readonly userId: UserId;
  /** The call that holds this person's lock: one they placed, or one they are in. */
  readonly callId: CallId | null;
  /** Calls that ring at this person, oldest first. */
  readonly ringing: readonly CallId[];
}

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
