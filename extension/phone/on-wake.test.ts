import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { onWake } from './on-wake.ts';

const forever = new AbortController().signal;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('tells within a second that the machine has slept, once each time', () => {
  const woken = vi.fn();
  onWake(woken, forever);
  vi.advanceTimersByTime(60_000);
  expect(woken).not.toHaveBeenCalled();
  // Time goes on, and no timer with it.
  vi.setSystemTime(Date.now() + 60_000);
  vi.advanceTimersByTime(1_000);
  expect(woken).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(60_000);
  expect(woken).toHaveBeenCalledOnce();
});

it('does not take a thread that was busy for a while for sleep', () => {
  const woken = vi.fn();
  onWake(woken, forever);
  vi.setSystemTime(Date.now() + 8_000);
  vi.advanceTimersByTime(1_000);
  expect(woken).not.toHaveBeenCalled();
});

it('tells nothing more when it is stopped', () => {
  const [woken, stop] = [vi.fn(), new AbortController()];
  onWake(woken, stop.signal);
  stop.abort();
  vi.setSystemTime(Date.now() + 60_000);
  vi.advanceTimersByTime(1_000);
  expect(woken).not.toHaveBeenCalled();
});
