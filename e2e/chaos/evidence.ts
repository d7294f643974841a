import type { EndReason } from '../../protocol/calls/call.ts';
import type { ErrorCode } from '../../protocol/errors.ts';
import type { CallId, MessageId, UserId } from '../../protocol/ids.ts';
import type { Status } from '../../protocol/presence/presence.ts';
import type { ShownReason } from '../../extension/ipc/shown-reason.ts';

// Everything that was observed in a run, for the checker. Times are epoch milliseconds of one machine's
// clock.

/** The moment when the server told a phone that its person is in a call. */
export interface Held {
  readonly userId: UserId;
  readonly callId: CallId;
  readonly at: number;
}

/** What a phone last showed as the reason why a call ended. */
export interface ShownEnd {
  readonly phone: string;
  readonly userId: UserId;
  readonly callId: CallId;
  readonly reason: ShownReason;
  /**
   * The server had answered this phone `unavailable`, so that a request may or may not have been carried out.
   */
  readonly unsure: boolean;
}

/** How an invite was answered. */
export interface AnsweredInvite {
  readonly callId: CallId;
  readonly asked: number;
  readonly answered: number;
  readonly code: ErrorCode | 'ok';
}

/** A message whose sending was acknowledged. `at` is the server's time for it. */
export interface SentMessage {
  readonly id: MessageId;
  readonly from: UserId;
  readonly to: UserId;
  readonly text: string;
  readonly at: number;
}

/** An entry of somebody's history, as a phone was given it. */
export interface SeenEntry {
  readonly userId: UserId;
  readonly callId: CallId;
  readonly reason: EndReason;
}

/** A fault that was caused, from its first moment until what was broken had been put right. */
export interface Fault {
  readonly kind: FaultKind;
  readonly from: number;
  readonly until: number;
}

export const FAULT_KINDS = [
  'node killed',
  'node frozen past its lease',
  'Redis killed, back empty',
  'Redis paused',
  'PostgreSQL restarted',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A call that was up when a fault began and that nobody ended. */
export interface RunningCall {
  readonly callId: CallId;
  readonly fault: FaultKind;
  /** What each of the two phones was doing after it; `active` is right. */
  readonly after: readonly string[];
}

/** Something that must work while Redis is away. */
export interface Attempt {
  readonly fault: FaultKind;
  readonly what: 'sign-in' | 'history';
  /** Milliseconds; null: it did not work. */
  readonly took: number | null;
  readonly at: number;
}

/** The state of a phone at the end of the run. */
export interface PhoneAtRest {
  readonly phone: string;
  /** Milliseconds from the last fault until the server answered it; null: not within a minute. */
  readonly backAfter: number | null;
  /** The state of its connection, or why there is none. */
  readonly connection: string;
  /** What its call is doing; null: none. */
  readonly call: string | null;
  readonly ringing: number;
}

/** The status that a phone shows of a contact at the end of the run, and the contact's real status. */
export interface Shown {
  readonly phone: string;
  readonly userId: UserId;
  readonly status: Status | 'unknown';
  readonly expected: Status;
}

/** A row of the table of calls. */
export interface CallRow {
  readonly callId: CallId;
  readonly callerId: UserId;
  readonly calleeId: UserId;
  readonly state: string;
  readonly reason: string | null;
  readonly endedAt: number | null;
  readonly traceless: boolean;
}

export interface HistoryRow {
  readonly userId: UserId;
  readonly callId: CallId;
  readonly reason: string;
}

export interface MessageRow {
  readonly id: MessageId;
  readonly from: UserId;
  readonly to: UserId;
  readonly text: string;
  readonly at: number;
}

/** What is left in Redis. */
export interface RedisLeft {
  /** The locks of people, and the calls that ring for them. */
  readonly people: readonly {
    readonly userId: UserId;
    readonly callId: CallId | null;
    readonly ringing: number;
  }[];
  readonly calls: readonly { readonly callId: CallId; readonly state: string }[];
  /** Decisions that no node has announced and stored. */
  readonly unsettled: readonly CallId[];
  readonly deadNodes: number;
  /** People who are shown in a call. */
  readonly inCall: readonly UserId[];
}

/** The branches that a meaningful run must reach. */
export const BRANCHES = [
  'glare',
  'lost lease',
  'resume',
  'duplicate',
  'expired node cleared',
  'Redis back at a node',
  'refused while Redis was away',
  'database away',
  'answered elsewhere',
  'busy',
  'nobody answered',
  'phone superseded',
  'connection lost',
] as const;
export type Branch = (typeof BRANCHES)[number];

export interface Evidence {
  readonly held: readonly Held[];
  readonly shownEnds: readonly ShownEnd[];
  /** Calls whose end a phone reported and the server acknowledged. */
  readonly acknowledgedEnds: readonly CallId[];
  readonly invites: readonly AnsweredInvite[];
  readonly sent: readonly SentMessage[];
  readonly seenEntries: readonly SeenEntry[];
  readonly faults: readonly Fault[];
  readonly runningCalls: readonly RunningCall[];
  readonly attempts: readonly Attempt[];
  /** Messages that broke the contract, and events that cannot happen. */
  readonly violations: readonly string[];
  readonly phones: readonly PhoneAtRest[];
  readonly shown: readonly Shown[];
  readonly database: {
    readonly calls: readonly CallRow[];
    readonly history: readonly HistoryRow[];
    readonly messages: readonly MessageRow[];
  };
  readonly redis: RedisLeft;
  readonly branches: Readonly<Record<Branch, number>>;
}
