import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Settled } from './settled.svelte.ts';

class FakeDocument extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';

  turn(state: DocumentVisibilityState): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

const FRAME = 16;

let page: FakeDocument;
beforeEach(() => {
  vi.useFakeTimers();
  page = new FakeDocument();
  vi.stubGlobal('document', page);
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, FRAME));
  vi.stubGlobal('cancelAnimationFrame', clearTimeout);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('becomes settled once it has been visible for long enough', () => {
  const settled = new Settled(500);
  settled.watch();
  vi.advanceTimersByTime(FRAME + 499);
  expect(settled.is).toBe(false);
  vi.advanceTimersByTime(1);
  expect(settled.is).toBe(true);
});

it('does not count while nobody can see the page', () => {
  page.visibilityState = 'hidden';
  const settled = new Settled(500);
  settled.watch();
  vi.advanceTimersByTime(5000);
  expect(settled.is).toBe(false);
  page.turn('visible');
  vi.advanceTimersByTime(400);
  page.turn('hidden');
  page.turn('visible');
  vi.advanceTimersByTime(FRAME + 400);
  expect(settled.is).toBe(false);
  vi.advanceTimersByTime(100);
  expect(settled.is).toBe(true);
});

it('stops counting when the element goes', () => {
  const undrawn = new Settled(500);
  undrawn.watch()();
  const drawn = new Settled(500);
  const gone = drawn.watch();
  vi.advanceTimersByTime(FRAME);
  gone();
  vi.advanceTimersByTime(1000);
  expect([undrawn.is, drawn.is]).toEqual([false, false]);
});
