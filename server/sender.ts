import type { InstanceId, SessionId, UserId } from '../protocol/ids.ts';

/** One phone: a sign-in, and one life of its offscreen document. A call is bound to it. */
export interface PhoneRef {
  readonly sessionId: SessionId;
  readonly instanceId: InstanceId;
}

/** Who an event comes from; stamped by the server from the handshake, never by the client. */
export interface Sender extends PhoneRef {
  readonly userId: UserId;
}
