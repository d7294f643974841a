import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchWaking } from './wake-watch.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('tells within a second that the machine has slept, once each time', () => {
  const onWake = vi.fn();
  watchWaking(onWake);
  vi.advanceTimersByTime(60_000);
  expect(onWake).not.toHaveBeenCalled();
  // Time goes on, and no timer with it.
  vi.setSystemTime(Date.now() + 60_000);
  vi.advanceTimersByTime(1_000);
  expect(onWake).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(60_000);
  expect(onWake).toHaveBeenCalledOnce();
});

it('takes a thread that was busy for a while for what it is', () => {
  const onWake = vi.fn();
  watchWaking(onWake);
  vi.setSystemTime(Date.now() + 8_000);
  vi.advanceTimersByTime(1_000);
  expect(onWake).not.toHaveBeenCalled();
});
