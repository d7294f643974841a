import type { CommandResult, StreamName } from '../ipc/protocol.ts';

/**
 * The requests that a page sends to the phone for the fallback: `askPhone('loopback-offer', …)` and
 * `askPhone('loopback-answer', …)`.
 */
export interface LoopbackRequests {
  offer(request: { viewId: string; stream: StreamName }): Promise<CommandResult<{ sdp: string }>>;
  answer(request: { viewId: string; stream: StreamName; sdp: string }): Promise<CommandResult>;
}
