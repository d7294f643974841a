import type { BackgroundSnapshot, CallPhase, IncomingView } from '../../extension/ipc/snapshot.ts';

const ann = { userId: '10000000-0000-4000-8000-000000000000', username: 'ann', displayName: 'Ann' };

/** A signed-in phone at rest, for tests. */
export const atRest: BackgroundSnapshot = {
  session: {
    kind: 'signed-in',
    serverUrl: 'http://localhost:3000',
    account: ann,
    presence: { status: 'available', until: null, text: null, lastSeenShown: false },
    connection: { kind: 'online' },
  },
  incoming: [],
  call: null,
  unread: [],
  history: { missed: { count: 0, latest: null }, revision: 1 },
  people: { directory: 'contacts', pending: { incoming: [], outgoing: [], code: null }, blocked: [] },
};

export const ringing = (n: number, name: string): IncomingView => ({
  callId: `2000000${String(n)}-0000-4000-8000-000000000000`,
  from: { ...ann, displayName: name },
  media: 'video',
  since: 0,
});

export const inPhase = (phase: CallPhase): BackgroundSnapshot => ({
  ...atRest,
  call: {
    callId: '30000000-0000-4000-8000-000000000000',
    peer: ann,
    media: 'audio',
    direction: 'outgoing',
    phase,
    microphone: { kind: 'on' },
    camera: { kind: 'off' },
    remote: null,
    quality: null,
    deviceNotices: [],
    hint: null,
  },
});
