import { describe, expect, it } from 'vitest';
import type { ServerEvent, ServerPayload } from '../../protocol/events.ts';
import type { Missed } from '../../protocol/history.ts';
import type { HistoryView, Snapshot } from '../messaging/snapshot.ts';
import { followHistory, NO_HISTORY } from './follow-history.ts';

const setUp = () => {
  const listeners = new Map<ServerEvent, (payload: never) => void>();
  const store = {
    current: { history: NO_HISTORY } as Snapshot,
    update: (slices: Partial<Snapshot>) => Object.assign(store.current, slices),
  };
  followHistory({ on: (event, listener) => void listeners.set(event, listener) }, store);
  const hear = <E extends ServerEvent>(event: E, payload: ServerPayload<E>): HistoryView => {
    listeners.get(event)?.(payload as never);
    return store.current.history;
  };
  return hear;
};

const two: Missed = { count: 2, latest: null };
const none: Missed = { count: 0, latest: null };

describe('followHistory', () => {
  it('shows what was missed, and says each time that pages are out of date', () => {
    const hear = setUp();
    expect(hear('history:changed', { missed: two })).toEqual({ missed: two, revision: 1 });
    expect(hear('history:changed', { missed: none })).toEqual({ missed: none, revision: 2 });
  });
});
