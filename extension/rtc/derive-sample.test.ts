import { describe, expect, it } from 'vitest';
import { deriveSample } from './derive-sample.ts';
import type { Inbound, Outbound, Reading } from './reading.ts';

const inbound: Inbound = {
  codec: 'audio/opus',
  packets: 100,
  lost: 10,
  jitter: 0.0124,
  samples: 96_000,
  concealed: 960,
  freezes: 1,
  width: 0,
  height: 0,
  framesPerSecond: 0,
};
const outbound: Outbound = {
  codec: 'video/VP8',
  packets: 200,
  width: 640,
  height: 360,
  framesPerSecond: 20,
  limitation: 'bandwidth',
  fractionLost: 0.25,
};
const first: Reading = {
  at: 10_000,
  arrived: 0,
  bytesIn: 1_000,
  bytesOut: 2_000,
  path: null,
  roundTrip: 0.0421,
  available: 300_000,
  soundIn: inbound,
  soundOut: null,
  pictureIn: null,
  pictureOut: outbound,
};
const second: Reading = {
  ...first,
  at: 12_000,
  bytesIn: 26_000,
  bytesOut: 3_000,
  soundIn: { ...inbound, packets: 190, lost: 20, samples: 192_000, concealed: 5_760 },
  pictureOut: { ...outbound, packets: 240 },
};

describe('deriveSample', () => {
  it('tells rates, shares and milliseconds of the time between two readings', () => {
    expect(deriveSample(first, second)).toEqual({
      at: 12_000,
      path: null,
      roundTrip: 42,
      available: 300_000,
      bitrateIn: 100_000,
      bitrateOut: 4_000,
      lossIn: 0.1,
      lossOut: 0.25,
      jitter: 12,
      concealed: 0.05,
      soundIn: 'audio/opus',
      soundOut: null,
      pictureIn: null,
      pictureOut: { codec: 'video/VP8', width: 640, height: 360, framesPerSecond: 20 },
      freezes: 0,
      limitation: 'bandwidth',
    });
  });

  it('does not count a report on what is no longer sent, nor shows that as a picture', () => {
    const resting = { ...second, pictureOut: outbound };
    expect(deriveSample(first, resting)).toMatchObject({ lossOut: null, pictureOut: null });
  });

  it('tells null for what is not known, and never counts below zero when counters start anew', () => {
    const anew: Reading = { ...second, bytesIn: 5, soundIn: null, pictureOut: null };
    expect(deriveSample(second, anew)).toMatchObject({
      bitrateIn: 0,
      lossIn: null,
      lossOut: null,
      concealed: null,
      jitter: null,
      freezes: 0,
    });
  });
});
