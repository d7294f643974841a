import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { LocalSource } from '../../../ipc/snapshot.ts';
import { MicrophoneHints } from './microphone-hints.ts';

class FakeTrack {
  readonly copies: FakeTrack[] = [];
  enabled = false;
  stopped = false;

  clone(): FakeTrack {
    const copy = new FakeTrack();
    this.copies.push(copy);
    return copy;
  }

  stop(): void {
    this.stopped = true;
  }
}

const setUp = () => {
  vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const end = new AbortController();
  const track = new FakeTrack();
  const capture: { view: LocalSource; track: MediaStreamTrack | null } = {
    view: { kind: 'on' },
    // As much of a track as is used here.
    track: track as unknown as MediaStreamTrack,
  };
  const meters: { hear: (level: number) => void; open: boolean }[] = [];
  let energy = 0;
  let dead = true;
  const listened: AbortSignal[] = [];
  const hints = new MicrophoneHints({
    capture,
    meter: (_track, hear) => {
      const meter = { hear, open: true };
      meters.push(meter);
      return {
        close: () => {
          meter.open = false;
        },
      };
    },
    energy: () => Promise.resolve(energy),
    hearsAnything: (_track, signal) => {
      listened.push(signal);
      return Promise.resolve(!dead);
    },
    onChange: () => undefined,
    signal: end.signal,
  });
  const turn = (kind: 'on' | 'off'): void => {
    capture.view = { kind };
    hints.follow();
  };
  const talk = (): void => {
    for (let i = 0; i < 40; i++) {
      vi.advanceTimersByTime(50);
      meters.at(-1)?.hear(0.8);
    }
  };
  const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
  const sound = (): void => {
    energy++;
  };
  const onlyQuiet = (): void => {
    dead = false;
  };
  return { hints, track, meters, end, capture, turn, talk, pass, sound, listened, onlyQuiet };
};

describe('hints about the microphone', () => {
  it('say that one speaks while muted, until one is not', () => {
    const { hints, turn, talk } = setUp();
    hints.connected();
    turn('off');
    talk();
    expect(hints.hint).toBe('speaking-while-muted');
    turn('on');
    expect(hints.hint).toBeNull();
  });

  it('listen to a copy that is open only while muted', () => {
    const { hints, track, meters, turn } = setUp();
    hints.connected();
    expect(track.copies).toEqual([]);
    turn('off');
    expect(track.copies).toMatchObject([{ enabled: true, stopped: false }]);
    turn('on');
    expect(track.copies).toMatchObject([{ stopped: true }]);
    expect(meters.map(({ open }) => open)).toEqual([false]);
    expect(track.stopped).toBe(false);
  });

  it('say that nothing comes from the microphone, until something does', async () => {
    const { hints, pass, sound } = setUp();
    hints.connected();
    await pass(6_000);
    expect(hints.hint).toBeNull();
    await pass(2_000);
    expect(hints.hint).toBe('silent');
    sound();
    await pass(2_000);
    expect(hints.hint).toBeNull();
  });

  it('say nothing about a quiet room, whose device is listened to only once a minute', async () => {
    const { hints, pass, listened, onlyQuiet } = setUp();
    onlyQuiet();
    hints.connected();
    await pass(60_000);
    expect(hints.hint).toBeNull();
    expect(listened).toHaveLength(1);
    await pass(20_000);
    expect(listened).toHaveLength(2);
  });

  it('stop listening to the device when the microphone is muted', async () => {
    const { hints, pass, listened, turn } = setUp();
    hints.connected();
    await pass(8_000);
    turn('off');
    expect(listened.map(({ aborted }) => aborted)).toEqual([true]);
    expect(hints.hint).toBeNull();
  });

  it('wait for the connection', async () => {
    const { hints, turn, meters, pass } = setUp();
    turn('off');
    turn('on');
    await pass(20_000);
    expect(meters).toEqual([]);
    expect(hints.hint).toBeNull();
  });

  it.each(['on', 'off'] as const)(
    'leave nothing behind when the call ends with the microphone %s',
    (kind) => {
      const { hints, turn, track, meters, end } = setUp();
      hints.connected();
      turn(kind);
      end.abort();
      expect(vi.getTimerCount()).toBe(0);
      expect(track.copies.every(({ stopped }) => stopped)).toBe(true);
      expect(meters.every(({ open }) => !open)).toBe(true);
      turn('off');
      expect(meters.every(({ open }) => !open)).toBe(true);
    },
  );
});
