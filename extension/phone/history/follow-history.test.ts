import { describe, expect, it } from 'vitest';
import type { ServerEvent, ServerPayload } from '../../../protocol/events.ts';
import type { Missed } from '../../../protocol/history/history.ts';
import { AT_START, type Snapshot } from '../../ipc/slices.ts';
import type { CallView, HistoryView } from '../../ipc/snapshot.ts';
import { callView } from '../../../testkit/ui/call-view.ts';
import { followHistory } from './follow-history.ts';

const call = (callId: string, kind: 'active' | 'ended' = 'active'): CallView =>
  kind === 'active'
    ? { ...callView({ kind, connectedAt: 0 }), callId }
    : { ...callView({ kind, reason: 'hung-up', connectedAt: 0, endedAt: 1 }), callId };

const setUp = (current: CallView | null = null) => {
  const listeners = new Map<ServerEvent, (payload: never) => void>();
  const store = {
    current: { history: AT_START.history, call: current } as Snapshot,
    update: (slices: Partial<Snapshot>) => Object.assign(store.current, slices),
  };
  followHistory({ on: (event, listener) => void listeners.set(event, listener) }, store);
  const hear = <E extends ServerEvent>(event: E, payload: ServerPayload<E>): HistoryView => {
    listeners.get(event)?.(payload as never);
    return store.current.history;
  };
  return { hear, store };
};

const two: Missed = { count: 2, latest: null };
const one: Missed = { count: 1, latest: null };
const none: Missed = { count: 0, latest: null };

describe('followHistory', () => {
  it('shows what was missed, and says each time that pages are out of date', () => {
    const { hear } = setUp();
    expect(hear('history:changed', { missed: two })).toEqual({ missed: two, revision: 1 });
    expect(hear('history:changed', { missed: none })).toEqual({ missed: none, revision: 2 });
  });

  it('counts what is missed during a call, until it is looked at or another call begins', () => {
    const { hear, store } = setUp();
    hear('history:changed', { missed: one });
    store.update({ call: call('c1') });
    expect(hear('history:changed', { missed: two }).during).toEqual({ callId: 'c1', count: 1 });
    expect(hear('history:changed', { missed: { count: 3, latest: null } }).during).toEqual({
      callId: 'c1',
      count: 2,
    });
    // Looked at on another device, and one more.
    expect(hear('history:changed', { missed: none }).during).toBeUndefined();
    expect(hear('history:changed', { missed: one }).during).toEqual({ callId: 'c1', count: 1 });
    store.update({ call: call('c2') });
    expect(hear('history:changed', { missed: two }).during).toEqual({ callId: 'c2', count: 1 });
    store.update({ call: call('c2', 'ended') });
    expect(hear('history:changed', { missed: { count: 3, latest: null } }).during).toBeUndefined();
  });

  it('does not count what was missed before the server first told as missed during the call', () => {
    const { hear } = setUp(call('c1'));
    expect(hear('history:changed', { missed: two }).during).toBeUndefined();
  });
});
