import { describe, expect, it } from 'vitest';
import type { CallId } from '../protocol/ids.ts';
import { createFakeClock } from '../testkit/server/fake-clock.ts';
import { Deadlines } from './deadlines.ts';

const CALL: CallId = '5f3d6c1a-6a52-4f0e-9d3b-1f2a3b4c5d6e';

describe('Deadlines', () => {
  it('is due when the clock says so, once', () => {
    const clock = createFakeClock();
    const due: CallId[] = [];
    const deadlines = new Deadlines<CallId>(clock, (callId) => due.push(callId));
    deadlines.set(CALL, clock.now() + 5_000);
    clock.advance(4_999);
    expect(due).toEqual([]);
    clock.advance(1);
    expect(due).toEqual([CALL]);
    expect(clock.pending).toBe(0);
  });

  it('waits on when a timer fires before the clock has come there', () => {
    const exact = createFakeClock();
    const early = {
      now: exact.now,
      setTimeout: (fn: () => void, ms: number) => exact.setTimeout(fn, ms > 1 ? ms - 1 : ms),
    };
    const dueAt: number[] = [];
    const deadlines = new Deadlines<CallId>(early, () => dueAt.push(exact.now()));
    const at = exact.now() + 5_000;
    deadlines.set(CALL, at);
    exact.advance(6_000);
    expect(dueAt).toEqual([at]);
  });

  it('keeps one timer a call, and none when nothing is due', () => {
    const clock = createFakeClock();
    const due: CallId[] = [];
    const deadlines = new Deadlines<CallId>(clock, (callId) => due.push(callId));
    deadlines.set(CALL, clock.now() + 10);
    deadlines.set(CALL, clock.now() + 20);
    expect(clock.pending).toBe(1);
    deadlines.set(CALL, null);
    clock.advance(100);
    expect(due).toEqual([]);
  });
});
