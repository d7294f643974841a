import type { CallPhase, CallView } from '../../ipc/snapshot.ts';

/** An ended call that still shows its reason. */
export type EndedView = CallView & { phase: Extract<CallPhase, { kind: 'ended' }> };

/** Returns the call if it has ended. */
export const asEnded = (call: CallView | null): EndedView | null =>
  call?.phase.kind === 'ended' ? { ...call, phase: call.phase } : null;
