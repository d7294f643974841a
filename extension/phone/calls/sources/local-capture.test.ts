import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { CaptureError } from '../../../media/capture-error.ts';
import type { CaptureSource } from '../../../media/open-capture.ts';
import { LocalCapture } from './local-capture.ts';

class FakeTrack extends EventTarget {
  enabled = true;
  readyState: 'live' | 'ended' = 'live';
  listeners = 0;

  override addEventListener(...args: Parameters<EventTarget['addEventListener']>): void {
    super.addEventListener(...args);
    this.listeners += 1;
    const [, , options] = args;
    if (typeof options !== 'object') return;
    options.signal?.addEventListener('abort', () => {
      this.listeners -= 1;
    });
  }

  stop(): void {
    this.readyState = 'ended';
  }

  /** As when it is unplugged. */
  end(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
}

const setUp = (source: CaptureSource = 'camera') => {
  const end = new AbortController();
  const opened: FakeTrack[] = [];
  const attached: unknown[] = [];
  const told: string[] = [];
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
    onLost: () => told.push('lost'),
    onKept: () => told.push('kept'),
    signal: end.signal,
  });
  return {
    capture,
    told,
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

  it('listens no more to a track that it has stopped, which the browser keeps for seconds', async () => {
    const { capture, opened, end } = setUp();
    capture.turnOn();
    await settled();
    expect(opened[0]?.listeners).toBe(1);
    capture.turnOff();
    expect(opened[0]?.listeners).toBe(0);
    capture.turnOn();
    await settled();
    end.abort();
    expect(opened.map(({ listeners }) => listeners)).toEqual([0, 0]);
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
    capture.retry('device');
    await settled();
    expect(capture.view).toMatchObject({ problem: 'permission-needed' });
    capture.retry('permission');
    await settled();
    expect(capture.view).toEqual({ kind: 'on' });
  });

  it.each([
    [new CaptureError('in-use'), 'in-use'],
    [new TypeError('surprise'), 'failed'],
  ])('tries again when a device comes, and not for a permission, after %s', async (error, problem) => {
    const { capture, fail } = setUp();
    fail(error);
    capture.turnOn();
    await settled();
    fail(null);
    capture.retry('permission');
    await settled();
    expect(capture.view).toEqual({ kind: 'problem', problem });
    capture.retry('device');
    await settled();
    expect(capture.view).toEqual({ kind: 'on' });
  });
});

describe('LocalCapture, when the device is another', () => {
  it('sends the one before until the next is open', async () => {
    const { capture, opened, attached } = setUp();
    capture.turnOn();
    await settled();
    capture.switchDevice();
    expect(capture.view).toEqual({ kind: 'on' });
    expect(opened[0]?.readyState).toBe('live');
    await settled();
    expect(attached).toEqual(opened);
    expect(opened.map((track) => track.readyState)).toEqual(['ended', 'live']);
  });

  it('stays muted', async () => {
    const { capture, opened } = setUp('microphone');
    capture.turnOn();
    await settled();
    capture.turnOff();
    capture.switchDevice();
    await settled();
    expect(capture.view).toEqual({ kind: 'off' });
    expect(opened.map(({ enabled, readyState }) => [enabled, readyState])).toEqual([
      [false, 'ended'],
      [false, 'live'],
    ]);
    capture.turnOn();
    expect(opened[1]?.enabled).toBe(true);
  });

  it('is muted, or not, as was last asked for while it switches', async () => {
    const { capture, opened } = setUp('microphone');
    capture.turnOn();
    await settled();
    capture.switchDevice();
    capture.turnOff();
    await settled();
    expect(opened[1]?.enabled).toBe(false);
    capture.switchDevice();
    capture.turnOn();
    await settled();
    expect(opened[2]?.enabled).toBe(true);
  });

  it('opens only the last one when it changes twice', async () => {
    const { capture, opened } = setUp();
    capture.turnOn();
    await settled();
    capture.switchDevice();
    capture.switchDevice();
    await settled();
    expect(opened.filter((track) => track.readyState === 'live')).toHaveLength(1);
    expect(capture.track).toBe(opened.at(-1));
  });

  it('opens nothing while it is off', async () => {
    const { capture, opened } = setUp();
    capture.switchDevice();
    await settled();
    expect(opened).toEqual([]);
  });

  it('goes on with the one before when the next cannot be opened', async () => {
    const { capture, opened, told, fail } = setUp();
    capture.turnOn();
    await settled();
    fail(new CaptureError('in-use'));
    capture.switchDevice();
    await settled();
    expect(capture.view).toEqual({ kind: 'on' });
    expect(opened[0]?.readyState).toBe('live');
    expect(told).toEqual(['kept']);
  });
});

describe('LocalCapture, when the device goes away', () => {
  /** Opened long enough ago to be worth another try. */
  const setUpOpen = async (source: CaptureSource = 'camera') => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const all = setUp(source);
    all.capture.turnOn();
    await settled();
    vi.advanceTimersByTime(1_000);
    return { ...all, lose: () => all.opened.at(-1)?.end() };
  };

  it('opens what there is now, by itself', async () => {
    const { capture, attached, opened, told, lose } = await setUpOpen();
    lose();
    expect(capture.view).toEqual({ kind: 'starting' });
    expect(told).toEqual(['lost']);
    await settled();
    expect(capture.view).toEqual({ kind: 'on' });
    expect(attached.at(-1)).toBe(opened[1]);
  });

  it('says what prevents that', async () => {
    const { capture, attached, fail, lose } = await setUpOpen();
    fail(new CaptureError('permission-denied'));
    lose();
    await settled();
    expect(capture.view).toEqual({ kind: 'problem', problem: 'permission-denied' });
    expect(attached.at(-1)).toBeNull();
    fail(null);
    capture.retry('permission');
    await settled();
    expect(capture.view).toEqual({ kind: 'on' });
  });

  it('stays muted, without a notice, whether there is another or not', async () => {
    const { capture, opened, fail, lose } = await setUpOpen('microphone');
    capture.turnOff();
    lose();
    await settled();
    expect(capture.view).toEqual({ kind: 'off' });
    expect(opened[1]).toMatchObject({ enabled: false, readyState: 'live' });
    vi.advanceTimersByTime(1_000);
    fail(new CaptureError('not-found'));
    lose();
    await settled();
    expect(capture.view).toEqual({ kind: 'off' });
    capture.turnOn();
    await settled();
    expect(capture.view).toEqual({ kind: 'problem', problem: 'not-found' });
  });

  it('says that an open camera gives no picture, until it does, and opens it again when asked to', async () => {
    const { capture, opened } = await setUpOpen();
    capture.pictureArrives(true);
    expect(capture.view).toEqual({ kind: 'on' });
    capture.pictureArrives(false);
    expect(capture.view).toEqual({ kind: 'problem', problem: 'no-picture' });
    capture.pictureArrives(true);
    expect(capture.view).toEqual({ kind: 'on' });
    capture.pictureArrives(false);
    capture.retry('device');
    await settled();
    expect(capture.view).toEqual({ kind: 'on' });
    expect(opened.map(({ readyState }) => readyState)).toEqual(['ended', 'live']);
    capture.turnOff();
    capture.pictureArrives(false);
    expect(capture.view).toEqual({ kind: 'off' });
  });

  it('does not keep opening a device that goes away at once', async () => {
    const { capture, opened, lose } = await setUpOpen();
    lose();
    await settled();
    lose();
    await settled();
    expect(opened).toHaveLength(2);
    expect(capture.view).toEqual({ kind: 'problem', problem: 'failed' });
  });
});
