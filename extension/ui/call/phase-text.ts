import type { CallPhase } from '../../ipc/snapshot.ts';
import { t, type PlainKey } from '../i18n/messages.ts';

const PHASE_KEYS = {
  dialing: 'stateDialing',
  'ringing-out': 'stateRinging',
  connecting: 'stateConnecting',
  active: 'stateConnected',
  reconnecting: 'stateReconnecting',
  ended: 'callEnded',
} as const satisfies Record<CallPhase['kind'], PlainKey>;

/** The phase of a call, in words. */
export const phaseText = (phase: CallPhase): string => t(PHASE_KEYS[phase.kind]);
