import type { CallPhase, CallView } from '../../ipc/snapshot.ts';

/** A call that is over and still says why. */
export type EndedView = CallView & { phase: Extract<CallPhase, { kind: 'ended' }> };

/** The call if it has ended. */
export const asEnded = (call: CallView | null): EndedView | null =>
  call?.phase.kind === 'ended' ? { ...call, phase: call.phase } : null;
