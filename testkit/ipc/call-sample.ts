import type { CallSample } from '../../extension/ipc/call-details.ts';

/** A sample of a good voice call, for tests. */
export const callSample = (change: Partial<CallSample> = {}): CallSample => ({
  at: 2_000,
  path: { local: 'host', remote: 'srflx', protocol: 'udp', relayProtocol: null },
  roundTrip: 40,
  available: 1_500_000,
  bitrateIn: 60_000,
  bitrateOut: 62_000,
  lossIn: 0,
  lossOut: 0,
  jitter: 5,
  concealed: 0,
  soundIn: 'audio/red',
  soundOut: 'audio/red',
  pictureIn: null,
  pictureOut: null,
  freezes: 0,
  limitation: null,
  resting: false,
  ...change,
});
