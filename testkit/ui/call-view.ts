import type { CallPhase, CallView } from '../../extension/ipc/snapshot.ts';

/** A call for tests. */
export const callView = (phase: CallPhase): CallView => ({
  callId: 'call-1',
  peer: { userId: 'user-2', username: 'grace', displayName: 'Grace' },
  media: 'audio',
  direction: 'outgoing',
  phase,
  microphone: { kind: 'on' },
  camera: { kind: 'off' },
  remote: null,
  quality: null,
  deviceNotices: [],
  hint: null,
});
