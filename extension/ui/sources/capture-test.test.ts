import { describe, expect, it, vi } from 'vitest';
import { CaptureError } from '../../media/capture-error.ts';
import { CaptureTest } from './capture-test.svelte.ts';

class FakeTrack extends EventTarget {
  readonly stop = vi.fn();
}

const setUp = (open: (signal: AbortSignal) => Promise<FakeTrack>) =>
  // Has only the parts of a track that are used.
  new CaptureTest({ source: 'camera', open: (_source, signal) => open(signal) as Promise<never> });

describe('CaptureTest', () => {
  it('opens nothing until it is started', () => {
    const open = vi.fn();
    expect(setUp(open).state.kind).toBe('off');
    expect(open).not.toHaveBeenCalled();
  });

  it('releases the device', async () => {
    const track = new FakeTrack();
    const test = setUp(() => Promise.resolve(track));
    await test.start();
    expect(test.state.kind).toBe('on');
    test.stop();
    expect(track.stop).toHaveBeenCalledOnce();
    expect(test.state.kind).toBe('off');
  });

  it('says what the problem is, and can be repeated', async () => {
    const answers = [Promise.reject(new CaptureError('in-use')), Promise.resolve(new FakeTrack())];
    const test = setUp(() => answers.shift() ?? Promise.reject(new Error('asked too often')));
    await test.start();
    expect(test.state).toEqual({ kind: 'problem', problem: 'in-use' });
    await test.start();
    expect(test.state.kind).toBe('on');
  });

  it('aborts an opening that is still under way', async () => {
    const test = setUp(
      (signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(new CaptureError('failed'));
          });
        }),
    );
    const started = test.start();
    expect(test.state.kind).toBe('asking');
    test.stop();
    await started;
    expect(test.state.kind).toBe('off');
  });

  it('stops when the device is removed', async () => {
    const track = new FakeTrack();
    const test = setUp(() => Promise.resolve(track));
    await test.start();
    track.dispatchEvent(new Event('ended'));
    expect(test.state.kind).toBe('off');
  });
});
