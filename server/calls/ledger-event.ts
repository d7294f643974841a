import type {
  Accept,
  CallRef,
  CallSignal,
  CallSources,
  CallState,
  End,
  EndReason,
  Invite,
  Move,
} from '../../protocol/calls/call.ts';
import type { CallId, SessionId, UserId } from '../../protocol/ids.ts';
import type { Signal } from '../../protocol/calls/signal.ts';
import type { Refusal } from '../../protocol/events.ts';
import type { Person } from '../../protocol/presence/presence.ts';
import type { Sources } from './call.ts';
import type { Sender } from '../sender.ts';

/**
 * What contacts and presence say about ringing somebody. `blocked` is revealed to nobody: the caller gets
 * `unreachable`. `nobody`: there is no such account; the caller gets `not-allowed`.
 */
export type Reachability = 'ok' | 'nobody' | 'not-allowed' | 'blocked' | 'unreachable' | 'do-not-disturb';

/** Everything that can happen to calls. `at` is epoch milliseconds; `from` is stamped by the server. */
export type LedgerEvent = { readonly at: number } & (
  | {
      readonly kind: 'invite';
      readonly from: Sender;
      readonly person: Person;
      readonly invite: Invite;
      readonly reachability: Reachability;
      /** Whole seconds that the caller must wait before calling the callee again; missing: they may call. */
      readonly pause?: number | undefined;
      /** The callee has marked the caller as a favourite. */
      readonly favourite?: boolean | undefined;
      readonly ringTimeout: number;
    }
  | { readonly kind: 'ringing'; readonly from: Sender; readonly ref: CallRef }
  | { readonly kind: 'accept'; readonly from: Sender; readonly accept: Accept }
  | { readonly kind: 'signal'; readonly from: Sender; readonly signal: CallSignal }
  | { readonly kind: 'connected'; readonly from: Sender; readonly ref: CallRef }
  | { readonly kind: 'sources'; readonly from: Sender; readonly sources: CallSources }
  | { readonly kind: 'move'; readonly from: Sender; readonly move: Move }
  | { readonly kind: 'end'; readonly from: Sender; readonly end: End }
  | { readonly kind: 'resume'; readonly from: Sender; readonly ref: CallRef }
  /** A phone asks for ICE servers anew: answered `done` if it may have them. */
  | { readonly kind: 'ice-servers'; readonly from: Sender; readonly ref: CallRef }
  /** A phone's connection is up; `held` is the call it believes to be in, `ended` an end it could not tell before. */
  | {
      readonly kind: 'attached';
      readonly from: Sender;
      readonly held: CallId | null;
      readonly ended: End | null;
    }
  /** A phone's connection is gone; `sentAway`: its server stops, and has told it when to come back. */
  | { readonly kind: 'detached'; readonly from: Sender; readonly sentAway: boolean }
  /** A sign-in has ended. */
  | { readonly kind: 'signed-out'; readonly userId: UserId; readonly sessionId: SessionId }
  /** An account was deleted. */
  | { readonly kind: 'gone'; readonly userId: UserId }
  /** `by` has blocked `other`, or removed them from the contacts. */
  | {
      readonly kind: 'separated';
      readonly by: UserId;
      readonly other: UserId;
      readonly how: 'blocked' | 'removed';
    }
  /** The server ends a call by itself, e.g. one that rang across its restart. */
  | { readonly kind: 'give-up'; readonly callId: CallId; readonly reason: EndReason }
  | { readonly kind: 'deadline'; readonly callId: CallId }
);

/** A ledger event without its time, which is stamped where the event is applied. */
export type Untimed<E = LedgerEvent> = E extends LedgerEvent ? Omit<E, 'at'> : never;

/** What the sender of an event is answered; the service adds what the ledger does not know (ICE servers). */
export type Answer =
  | { readonly kind: 'done' }
  | { readonly kind: 'version'; readonly v: number }
  | { readonly kind: 'accepted'; readonly v: number; readonly signals: readonly Signal[] }
  | ({ readonly kind: 'moving'; readonly v: number; readonly connectedFor: number } & Sources)
  | { readonly kind: 'state'; readonly state: CallState }
  | { readonly kind: 'refused'; readonly refusal: Refusal };
