import { TIMES } from '../../../../protocol/limits.ts';
import type { CurrentCall, Phone } from '../machine/phone.ts';
import { ringingHere } from '../machine/ringing-here.ts';
import type { CallPhase, CallView, IncomingView, PathProblem } from '../../../ipc/snapshot.ts';

const phaseOf = (call: CurrentCall, problem: PathProblem | null): CallPhase => {
  switch (call.kind) {
    case 'dialing':
    case 'ringing-out':
    case 'connecting':
      return { kind: call.kind };
    case 'active':
      return { kind: 'active', connectedAt: call.connectedAt };
    case 'reconnecting':
      return { kind: 'reconnecting', connectedAt: call.connectedAt, givesUpAt: call.since + TIMES.noPackets };
    case 'ended':
      return {
        kind: 'ended',
        reason: call.reason,
        connectedAt: call.connectedAt,
        endedAt: call.endedAt,
        ...(problem && { problem }),
      };
  }
};

type LinkView = Omit<CallView, 'callId' | 'peer' | 'media' | 'direction' | 'phase'>;

const NO_LINK: LinkView = {
  microphone: { kind: 'off' },
  camera: { kind: 'off' },
  remote: null,
  quality: null,
  deviceNotices: [],
  hint: null,
};

/** The current call as views show it. `problem`: why it found no path; null unless that is why it ended. */
export const callView = (
  call: CurrentCall,
  link: LinkView = NO_LINK,
  problem: PathProblem | null = null,
): CallView => {
  const { callId, peer, media } = call;
  const direction = call.side === 'caller' ? 'outgoing' : 'incoming';
  // The phase shows that the connection is gone; its last quality would confuse.
  const quality = call.kind === 'active' ? link.quality : null;
  return { callId, peer, media, direction, phase: phaseOf(call, problem), ...link, quality };
};

/** The calls that ring here, the foremost first. */
export const incomingViews = (phone: Phone): IncomingView[] =>
  ringingHere(phone).map(({ callId, from, media, since }) => ({ callId, from, media, since }));
