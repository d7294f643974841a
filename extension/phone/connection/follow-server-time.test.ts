import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AT_START } from '../../ipc/slices.ts';
import { SnapshotStore } from '../snapshot-store.ts';
import { followServerTime } from './follow-server-time.ts';
import type { SignalingListener } from './signaling-types.ts';

const NOW = Date.UTC(2026, 0, 1, 12);
const HOUR = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

it.each([
  ['right', 0, 0],
  ['half a minute fast, which a slow network looks like as well', 30_000, 0],
  ['two hours fast', 2 * HOUR, 2 * HOUR],
  ['a day slow', -24 * HOUR, -24 * HOUR],
])('a computer’s clock that is %s', (_, off, ahead) => {
  const store = new SnapshotStore(AT_START);
  let tell: SignalingListener<'server:time'> = () => undefined;
  followServerTime({ on: (_event, listener) => void (tell = listener as typeof tell) }, store);
  vi.setSystemTime(NOW + off);
  tell({ now: NOW });
  expect(store.current.clockAhead).toBe(ahead);
});
