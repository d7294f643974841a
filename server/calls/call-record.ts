import type { EndReason, Media } from '../../protocol/calls/call.ts';
import type { CallId, UserId } from '../../protocol/ids.ts';
import type { PhoneRef } from '../sender.ts';

/** What the store keeps of a call, from the invite to its end and a while after. Times are epoch milliseconds. */
export interface CallRecord {
  readonly callId: CallId;
  readonly callerId: UserId;
  readonly calleeId: UserId;
  readonly media: Media;
  readonly state: 'ringing' | 'connecting' | 'active' | 'ended';
  /** Counts up with each transition. */
  readonly v: number;
  readonly reason: EndReason | null;
  readonly caller: PhoneRef;
  /** Bound at Accept. */
  readonly callee: PhoneRef | null;
  readonly placedAt: number;
  readonly acceptedAt: number | null;
  readonly connectedAt: number | null;
  readonly endedAt: number | null;
  /** The callee must never know of it: the caller is blocked, or no contact. */
  readonly traceless: boolean;
}
