import type { CallId, UserId } from '../../protocol/ids.ts';
import type { Call } from './call.ts';
import type { Decision } from './decide.ts';
import type { LedgerEvent } from './ledger-event.ts';
import type { RingQueue } from './ring-queue.ts';

/** The calls of all people, wherever they are kept. */
export interface LiveCalls {
  /** Decides on an event and commits what it changes in one step, so that no two events see the same lock free. */
  apply(event: LedgerEvent): Promise<Decision>;
  /** The latest decisions on these calls are announced and stored: no other node need repeat that. */
  settled(callIds: readonly CallId[]): Promise<void>;
  /** Puts back a call that was read from the store after a restart. */
  restore(call: Call): Promise<void>;
  /** Also by an alias; null: there is none, or it is forgotten. */
  find(callId: CallId): Promise<Call | null>;
  /** The call that a person is in or places. */
  callOf(userId: UserId): Promise<Call | null>;
  /** The calls that ring at a person right now. */
  queueAt(userId: UserId): Promise<RingQueue>;
}
