import {
  AT_START,
  toBackground,
  type BackgroundSnapshot,
  type Snapshot,
} from '../../extension/ipc/slices.ts';
import type { CallPhase, IncomingView } from '../../extension/ipc/snapshot.ts';
import { callView } from '../ui/call-view.ts';

const ann = { userId: '10000000-0000-4000-8000-000000000000', username: 'ann', displayName: 'Ann' };

const whole: Snapshot = {
  ...AT_START,
  session: {
    kind: 'signed-in',
    serverUrl: 'http://localhost:3000',
    account: ann,
    presence: { status: 'available', until: null, text: null, lastSeenShown: false },
    connection: { kind: 'online' },
  },
  history: { missed: { count: 0, latest: null }, revision: 1 },
  people: { directory: 'contacts', pending: { incoming: [], outgoing: [], code: null }, blocked: [] },
};

/** What the worker gets from an idle, signed-in phone, for tests. */
export const atRest: BackgroundSnapshot = toBackground(whole);

export const ringing = (n: number, name: string): IncomingView => ({
  callId: `2000000${String(n)}-0000-4000-8000-000000000000`,
  from: { ...ann, displayName: name },
  media: 'video',
  since: 0,
});

export const inPhase = (phase: CallPhase): BackgroundSnapshot =>
  toBackground({
    ...whole,
    call: callView(phase),
  });
