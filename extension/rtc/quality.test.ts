import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mark } from '../ipc/call-details.ts';
import { GOOD_QUALITY, nextQuality, type Quality, type QualityEvidence } from './quality.ts';

const good: QualityEvidence = {
  lossIn: 0,
  lossOut: null,
  concealed: 0.01,
  roundTrip: 60,
  jitter: 12,
  freezes: 0,
  resting: false,
};
const fair: QualityEvidence = { ...good, lossOut: 0.05 };
const poor: QualityEvidence = { ...good, concealed: 0.2 };

const after = (samples: readonly QualityEvidence[], from: Quality = GOOD_QUALITY): Mark =>
  samples.reduce(nextQuality, from).mark;

const POOR: Quality = { mark: 'poor', streak: null };

describe('nextQuality', () => {
  it('becomes worse after two samples in a row, as far as both of them say', () => {
    expect(after([poor])).toBe('good');
    expect(after([poor, good, poor])).toBe('good');
    expect(after([poor, poor])).toBe('poor');
    expect(after([poor, fair])).toBe('fair');
    expect(after([fair, poor])).toBe('fair');
    expect(after([fair, poor, poor, poor])).toBe('poor');
  });

  it('becomes better after four, as far as all of them say', () => {
    expect(after([good, good, good], POOR)).toBe('poor');
    expect(after([good, good, good, good], POOR)).toBe('good');
    expect(after([good, fair, good, good], POOR)).toBe('fair');
    expect(after([good, good, good, poor, good], POOR)).toBe('poor');
  });

  it.each([
    ['loss here', { lossIn: 0.04 }],
    ['loss at the other side', { lossOut: 0.04 }],
    ['a long way', { roundTrip: 600 }],
    ['uneven sound', { jitter: 120 }],
    ['a picture that stands still because packets are lost', { freezes: 1, lossIn: 0.02 }],
    ['a picture that rests', { resting: true }],
  ])('is fair with %s', (_what, change) => {
    expect(after([good, good].map((sample) => ({ ...sample, ...change })))).toBe('fair');
  });

  it('is not worse for a picture that stands still although everything arrives', () => {
    expect(after([good, good].map((sample) => ({ ...sample, freezes: 2 })))).toBe('good');
  });

  it('is not worse because of what is not known', () => {
    const unknown = { ...good, lossIn: null, concealed: null, roundTrip: null, jitter: null };
    expect(after([unknown, unknown, unknown])).toBe('good');
  });

  it('never moves on a single sample, nor past what the samples say', () => {
    const samples = fc.array(fc.constantFrom(good, fair, poor), { maxLength: 40 });
    fc.assert(
      fc.property(samples, (list) => {
        let now = GOOD_QUALITY;
        for (const sample of list) {
          const next = nextQuality(now, sample);
          if (next.mark !== now.mark) {
            expect(now.streak?.count).toBeGreaterThan(0);
            expect(next.streak).toBeNull();
          }
          now = next;
        }
        expect(after([poor, poor, poor, poor], now)).toBe('poor');
        expect(after([good, good, good, good, good, good, good, good], now)).toBe('good');
      }),
    );
  });
});
