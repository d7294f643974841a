import { describe, expect, it } from 'vitest';
import type { BackgroundSnapshot, CallView, Snapshot } from '../ipc/snapshot.ts';
import { updateBackground } from './background-updates.ts';
import { SnapshotStore } from './snapshot-store.ts';
import { deviceLists } from '../media/device-lists.ts';
import { DEFAULT_SETTINGS } from './settings/stored-settings.ts';

const bob = { userId: '10000000-0000-4000-8000-000000000000', username: 'bob', displayName: 'Bob' };
const FIRST: Snapshot = {
  session: { kind: 'starting' },
  contacts: [],
  people: { directory: 'everyone', pending: { incoming: [], outgoing: [], code: null }, blocked: [] },
  incoming: [],
  waitingCalls: 0,
  elsewhere: null,
  privacy: null,
  call: null,
  settings: DEFAULT_SETTINGS,
  history: { missed: null, revision: 0 },
  permissions: { microphone: 'prompt', camera: 'prompt' },
  devices: deviceLists([]),
  conversations: [],
  unread: [],
  namesakes: [],
  wantedConversation: null,
};
const CALL: CallView = {
  callId: '20000000-0000-4000-8000-000000000000',
  peer: bob,
  media: 'audio',
  direction: 'outgoing',
  phase: { kind: 'dialing' },
  microphone: { kind: 'off' },
  camera: { kind: 'off' },
  remote: null,
  quality: null,
  deviceNotices: [],
  hint: null,
};

const shownAfter = async (...updates: Partial<Snapshot>[]): Promise<BackgroundSnapshot[]> => {
  const store = new SnapshotStore(FIRST);
  const shown: BackgroundSnapshot[] = [];
  updateBackground(store, (snapshot) => shown.push(snapshot));
  for (const update of updates) {
    store.update(update);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return shown;
};

describe('updateBackground', () => {
  it('tells who rings, and only the slices that the worker may have', async () => {
    const incoming = [{ callId: CALL.callId, from: bob, media: 'audio', since: 1 } as const];
    const [shown] = await shownAfter({ incoming });
    expect(shown).toEqual({
      session: FIRST.session,
      incoming,
      call: null,
      unread: [],
      history: FIRST.history,
      people: FIRST.people,
    });
  });

  it('does not wake the worker for what it does not draw', async () => {
    const shown = await shownAfter(
      { call: CALL },
      { call: { ...CALL, phase: { kind: 'ringing-out' }, microphone: { kind: 'on' } } },
      { call: { ...CALL, phase: { kind: 'active', connectedAt: 5 } } },
      { contacts: [{ ...bob, status: 'away', v: 1, favourite: false, ringsThrough: false }] },
      { settings: { ...DEFAULT_SETTINGS, ringtoneSilent: true } },
    );
    expect(shown).toHaveLength(1);
  });

  it('tells what is unread, and not what a conversation says', async () => {
    const unread = [{ userId: bob.userId, name: 'Bob', count: 1, notify: true }];
    const shown = await shownAfter({ unread }, { conversations: [] });
    expect(shown.map((snapshot) => snapshot.unread)).toEqual([unread]);
    expect(shown[0]).not.toHaveProperty('conversations');
  });

  it('tells the end of a call', async () => {
    const phase = { kind: 'ended', reason: 'hung-up', connectedAt: 5, endedAt: 6 } as const;
    expect(await shownAfter({ call: CALL }, { call: { ...CALL, phase } })).toHaveLength(2);
  });
});
