import type { Logger } from 'pino';
import type { IceServers } from '../../protocol/calls/call.ts';
import type { SessionId, UserId } from '../../protocol/ids.ts';
import type { Person } from '../../protocol/presence/presence.ts';
import type { Clock } from '../clock.ts';
import type { Emitter } from '../emitter.ts';
import type { LiveCalls } from './live-calls.ts';
import type { CallRecord } from './call-record.ts';
import type { Reachability } from './ledger-event.ts';
import type { RingPauses } from './ring-pauses.ts';

/** Calls in the store: written when placed and at each transition, so that a restarted server knows who was in one. */
export interface CallRecords {
  /**
   * Inserts or updates by `callId`; a lower `v` never overwrites a higher one, and a later call that a phone
   * gives an old id takes its place. The step to `ended` puts the call into the histories it belongs to, in
   * the same transaction: exactly once, whatever crashes.
   */
  save(record: CallRecord): Promise<void>;
  /** Calls that had not ended when they were last written, and those that ended after `since` (epoch milliseconds). */
  recent(since: number): Promise<CallRecord[]>;
  /** Forgets calls that ended before `time` (epoch milliseconds); answers how many. People's histories keep theirs. */
  removeEndedBefore(time: number): Promise<number>;
}

/** Who people are, and who may ring whom. */
export interface CallDirectory {
  person(userId: UserId): Promise<Person | null>;
  reachability(from: UserId, to: UserId): Promise<Reachability>;
  /** Whether `to` has marked `from` as a favourite. */
  isFavourite(from: UserId, to: UserId): Promise<boolean>;
}

/** Where "In a call" is shown. */
export interface CallPresence {
  setInCall(userId: UserId, inCall: boolean): Promise<void>;
}

/** What calls need from the rest of the server. */
export interface CallsDeps {
  live: LiveCalls;
  records: Pick<CallRecords, 'save' | 'recent'>;
  directory: CallDirectory;
  pauses: RingPauses;
  emitter: Emitter;
  presence: CallPresence;
  /** A call is over, and on record. */
  onEnded: (record: CallRecord) => void;
  /** The name that a sign-in's device gave; null: it gave none, or the sign-in has ended. */
  deviceName: (sessionId: SessionId) => Promise<string | null>;
  /** The ICE servers for one phone of that person, with credentials of its own. */
  iceServers: (userId: UserId) => IceServers;
  /** Every address stays hidden: only relayed candidates are passed on. */
  relayOnly?: boolean;
  clock: Clock;
  log: Logger;
  /** Milliseconds. */
  ringTimeout: number;
}
