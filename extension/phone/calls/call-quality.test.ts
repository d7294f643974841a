import { describe, expect, it } from 'vitest';
import { callSample } from '../../../testkit/ipc/call-sample.ts';
import { CallQuality } from './call-quality.ts';

const bad = callSample({ lossOut: 0.2 });

describe('the quality of a call', () => {
  it('is not shown while nothing is wrong', () => {
    const quality = new CallQuality();
    quality.take(callSample());
    quality.take(bad);
    expect(quality.view(true)).toBeNull();
  });

  it('offers to turn the camera off, where it is on', () => {
    const quality = new CallQuality();
    quality.take(bad);
    quality.take({ ...bad, resting: true });
    expect(quality.view(true)).toEqual({ mark: 'poor', resting: true, action: 'camera-off' });
    expect(quality.view(false)).toEqual({ mark: 'poor', resting: false, action: null });
  });

  it('keeps two minutes of samples, the newest last', () => {
    const quality = new CallQuality();
    for (let at = 0; at < 100; at += 1) quality.take(callSample({ at }));
    expect(quality.details.samples).toHaveLength(60);
    expect(quality.details.samples.at(-1)?.at).toBe(99);
  });
});
