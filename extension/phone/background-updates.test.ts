import { describe, expect, it } from 'vitest';
import { AT_START, type BackgroundSnapshot, type Snapshot } from '../ipc/slices.ts';
import type { CallView, IncomingView } from '../ipc/snapshot.ts';
import { updateBackground } from './background-updates.ts';
import { SnapshotStore } from './snapshot-store.ts';

const bob = { userId: '10000000-0000-4000-8000-000000000000', username: 'bob', displayName: 'Bob' };
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
  const store = new SnapshotStore(AT_START);
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
    const incoming: [IncomingView] = [{ callId: CALL.callId, from: bob, media: 'audio', since: 1 }];
    const [shown] = await shownAfter({ incoming });
    const [{ callId, from, media }] = incoming;
    expect(shown).toEqual({
      session: AT_START.session,
      incoming: [{ callId, from: { username: from.username, displayName: from.displayName }, media }],
      call: false,
      unread: [],
      announced: [],
      history: { missed: null },
      people: { pending: { incoming: [] } },
    });
  });

  it('does not wake the worker for what it does not draw', async () => {
    const shown = await shownAfter(
      { call: CALL },
      { call: { ...CALL, phase: { kind: 'ringing-out' }, microphone: { kind: 'on' } } },
      { call: { ...CALL, phase: { kind: 'active', connectedAt: 5 } } },
      { contacts: [{ ...bob, status: 'away', v: 1, favourite: false, ringsThrough: false }] },
      { settings: { ...AT_START.settings, ringtoneSilent: true } },
    );
    expect(shown).toHaveLength(1);
  });

  it('tells what is unread, and not what a conversation says', async () => {
    const unread = [{ userId: bob.userId, name: 'Bob', count: 1 }];
    const shown = await shownAfter({ unread }, { conversations: [] });
    expect(shown.map((snapshot) => snapshot.unread)).toEqual([unread]);
    expect(shown[0]).not.toHaveProperty('conversations');
  });

  it('tells the end of a call', async () => {
    const phase = { kind: 'ended', reason: 'hung-up', connectedAt: 5, endedAt: 6 } as const;
    expect(await shownAfter({ call: CALL }, { call: { ...CALL, phase } })).toHaveLength(2);
  });
});
