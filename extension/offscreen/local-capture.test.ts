import { describe, expect, it } from 'vitest';
import { CaptureError } from '../media/capture-error.ts';
import type { CaptureSource } from '../media/open-capture.ts';
import { LocalCapture } from './local-capture.ts';

class FakeTrack extends EventTarget {
  enabled = true;
  readyState: 'live' | 'ended' = 'live';

  stop(): void {
    this.readyState = 'ended';
  }
}

const setUp = (source: CaptureSource = 'camera') => {
  const end = new AbortController();
  const opened: FakeTrack[] = [];
  const attached: unknown[] = [];
  let problem: Error | null = null;
  const capture = new LocalCapture({
    source,
    // As openCapture does: what is opened too late is stopped.
    open: async (_source, signal) => {
      await Promise.resolve();
      if (problem) throw problem;
      const track = new FakeTrack();
      opened.push(track);
      if (signal.aborted) track.stop();
      signal.throwIfAborted();
      return track as unknown as MediaStreamTrack;
    },
    attach: (track) => attached.push(track),
    onChange: () => undefined,
    signal: end.signal,
  });
  return {
    capture,
    end,
    opened,
    attached,
    fail: (error: Error | null) => {
      problem = error;
    },
  };
};

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('LocalCapture', () => {
  it('opens and sends', async () => {
    const { capture, opened, attached } = setUp();
    capture.turnOn();
    expect(capture.view).toEqual({ kind: 'starting' });
    await settled();
    expect(capture.view).toEqual({ kind: 'on' });
    expect(attached).toEqual(opened);
  });

  it('opens once, however often it is asked to', async () => {
    const { capture, opened } = setUp();
    capture.turnOn();
    capture.turnOn();
    await settled();
    capture.turnOn();
    await settled();
    expect(opened).toHaveLength(1);
  });

  it('closes the camera when it is turned off, and opens it anew', async () => {
    const { capture, opened, attached } = setUp();
    capture.turnOn();
    await settled();
    capture.turnOff();
    expect(capture.view).toEqual({ kind: 'off' });
    expect(opened[0]?.readyState).toBe('ended');
    expect(attached.at(-1)).toBeNull();
    capture.turnOn();
    await settled();
    expect(opened[1]?.readyState).toBe('live');
  });

  it('silences the microphone and keeps it open', async () => {
    const { capture, opened } = setUp('microphone');
    capture.turnOn();
    await settled();
    capture.turnOff();
    expect(opened[0]).toMatchObject({ enabled: false, readyState: 'live' });
    capture.turnOn();
    expect(opened[0]).toMatchObject({ enabled: true, readyState: 'live' });
    expect(capture.view).toEqual({ kind: 'on' });
  });

  it.each(['camera', 'microphone'] as const)(
    'leaves no %s open that was turned off while it opened',
    async (source) => {
      const { capture, opened, attached } = setUp(source);
      capture.turnOn();
      capture.turnOff();
      await settled();
      expect(capture.view).toEqual({ kind: 'off' });
      expect(opened.map((track) => track.readyState)).toEqual(['ended']);
      expect(attached).toEqual([]);
    },
  );

  it('can be turned off and on again while it opens', async () => {
    const { capture, opened } = setUp();
    capture.turnOn();
    capture.turnOff();
    capture.turnOn();
    await settled();
    expect(capture.view).toEqual({ kind: 'on' });
    expect(opened.map((track) => track.readyState)).toEqual(['ended', 'live']);
  });

  it('is released when the call ends, at once', async () => {
    const { capture, end, opened } = setUp();
    capture.turnOn();
    await settled();
    end.abort();
    expect(opened[0]?.readyState).toBe('ended');
    capture.turnOn();
    await settled();
    expect(opened).toHaveLength(1);
  });

  it('is released when the call ends while it opens', async () => {
    const { capture, end, opened, attached } = setUp();
    capture.turnOn();
    end.abort();
    await settled();
    expect(opened.map((track) => track.readyState)).toEqual(['ended']);
    expect(attached).toEqual([]);
  });

  it('says what is wrong, and tries again once permitted', async () => {
    const { capture, fail } = setUp();
    fail(new CaptureError('permission-needed'));
    capture.turnOn();
    await settled();
    expect(capture.view).toEqual({ kind: 'problem', problem: 'permission-needed' });
    fail(null);
    capture.retry();
    await settled();
    expect(capture.view).toEqual({ kind: 'on' });
  });

  it.each([
    [new CaptureError('in-use'), 'in-use'],
    [new TypeError('surprise'), 'failed'],
  ])('does not try again by itself after %s', async (error, problem) => {
    const { capture, fail } = setUp();
    fail(error);
    capture.turnOn();
    await settled();
    fail(null);
    capture.retry();
    await settled();
    expect(capture.view).toEqual({ kind: 'problem', problem });
  });

  it('notices a device that goes away', async () => {
    const { capture, opened, attached } = setUp();
    capture.turnOn();
    await settled();
    opened[0]?.dispatchEvent(new Event('ended'));
    expect(capture.view).toEqual({ kind: 'problem', problem: 'failed' });
    expect(attached.at(-1)).toBeNull();
  });
});
