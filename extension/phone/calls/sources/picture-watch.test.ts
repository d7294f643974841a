import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PictureWatch } from './picture-watch.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const setUp = () => {
  let frames: number | null = 0;
  const told: boolean[] = [];
  const end = new AbortController();
  // The watch hands the track on and asks nothing of it.
  const capture = {
    track: {} as MediaStreamTrack | null,
    pictureArrives: (does: boolean) => told.push(does),
  };
  const watch = new PictureWatch({ capture, framesOf: () => frames, signal: end.signal });
  watch.follow();
  return {
    watch,
    capture,
    end,
    /** Lets so many seconds pass, with so many frames in each. */
    pass(seconds: number, rate: number): void {
      for (let tick = 0; tick < seconds * 10; tick += 1) {
        vi.advanceTimersByTime(100);
        if (frames !== null && rate > 0 && tick % (10 / rate) === 0) frames += 1;
      }
    },
    cannotTell(): void {
      frames = null;
    },
    last: () => told.at(-1),
    told,
  };
};

it('tells within three seconds that a camera stopped, and at once that it is back', () => {
  const { pass, last } = setUp();
  pass(5, 10);
  expect(last()).toBe(true);
  pass(2, 0);
  expect(last()).toBe(true);
  pass(1, 0);
  expect(last()).toBe(false);
  pass(1, 10);
  expect(last()).toBe(true);
});

it('tells of a camera that never gave a picture, and not of a slow one', () => {
  const never = setUp();
  never.pass(3, 0);
  expect(never.last()).toBe(false);
  const slow = setUp();
  slow.pass(10, 1);
  expect(slow.told).not.toContain(false);
});

it('knows nothing of the time in which this thread was busy', () => {
  const { pass, last, told } = setUp();
  pass(2, 10);
  const now = performance.now();
  vi.spyOn(performance, 'now').mockImplementation(() => now + 10_000);
  vi.advanceTimersByTime(500);
  expect(last()).toBe(true);
  expect(told).not.toContain(false);
});

it('says nothing where the browser does not tell, when the camera is closed, and after the call', () => {
  const blind = setUp();
  blind.cannotTell();
  blind.pass(5, 0);
  expect(blind.told).toEqual([]);
  const closed = setUp();
  closed.capture.track = null;
  closed.watch.follow();
  closed.pass(5, 0);
  expect(closed.told).toEqual([]);
  const over = setUp();
  over.end.abort();
  over.pass(5, 0);
  expect(over.told).toEqual([]);
});
