import type { CallQueue, CallState } from '../../protocol/calls/call.ts';
import type { CallId, InstanceId, LineId, UserId } from '../../protocol/ids.ts';
import type { Signal } from '../../protocol/calls/signal.ts';
import type { Call } from './call.ts';

/** Whom something is told: one phone, or all phones of a person but the named one. */
export type Recipient =
  | { readonly kind: 'phone'; readonly instanceId: InstanceId }
  | { readonly kind: 'person'; readonly userId: UserId; readonly except: InstanceId | null };

/** What a decision makes known, in this order. */
export type Effect =
  | { readonly kind: 'ring'; readonly call: Call }
  | { readonly kind: 'queue'; readonly userId: UserId; readonly queue: CallQueue }
  | { readonly kind: 'state'; readonly to: Recipient; readonly state: CallState }
  | {
      readonly kind: 'signal';
      readonly to: InstanceId;
      readonly callId: CallId;
      readonly lineId?: LineId | undefined;
      readonly signal: Signal;
    }
  | {
      readonly kind: 'moving';
      readonly to: InstanceId;
      /** Whose phone that is. */
      readonly userId: UserId;
      readonly callId: CallId;
      readonly v: number;
      readonly lineId: LineId;
      readonly offer: string;
    }
  /** The person is in a call or not, or is in it on another phone now. */
  | { readonly kind: 'in-call'; readonly userId: UserId; readonly inCall: boolean };
