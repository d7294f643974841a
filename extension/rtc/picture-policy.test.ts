import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FULL_PICTURE,
  nextPicture,
  type PictureEvidence,
  type PicturePolicy,
  type PictureStep,
} from './picture-policy.ts';

const fine = (available: number | null): PictureEvidence => ({
  available,
  lossOut: 0,
  roundTrip: 40,
  limitation: 'none',
});
const PLENTY = fine(3_000_000);
/** What an estimate says of a path of 120 kbit/s. */
const THIN = fine(105_000);

const after = (policy: PicturePolicy, samples: readonly PictureEvidence[], sending = true): PicturePolicy =>
  samples.reduce((now, sample) => nextPicture(now, sample, sending), policy);

const times = (count: number, sample: PictureEvidence): PictureEvidence[] =>
  Array.from({ length: count }, () => sample);

const SETTLED = after(FULL_PICTURE, times(5, PLENTY));
const RESTING = after(SETTLED, times(2, THIN));

/** How many samples until a step is reached; 1,000 when it never is. */
const until = (step: PictureStep, policy: PicturePolicy, sample: PictureEvidence): number => {
  let now = policy;
  for (let count = 0; count < 1_000; count += 1) {
    if (now.step === step) return count;
    now = nextPicture(now, sample, true);
  }
  return 1_000;
};

describe('nextPicture', () => {
  it('leaves a good path alone, and does not believe the estimate of a call that has just begun', () => {
    expect(SETTLED.step).toBe('full');
    expect(after(FULL_PICTURE, [fine(300_000), fine(300_000), PLENTY]).step).toBe('full');
  });

  it('goes down to what the path carries, and rests on one of 120 kbit/s within two samples', () => {
    expect(after(SETTLED, times(2, fine(400_000))).step).toBe('medium');
    expect(after(SETTLED, [fine(400_000), PLENTY]).step).toBe('full');
    expect(after(SETTLED, [fine(180_000)]).step).toBe('low');
    expect(until('rest', SETTLED, THIN)).toBe(2);
  });

  it('does not rest for one bad sample', () => {
    expect(after(SETTLED, [THIN, fine(400_000), THIN]).step).toBe('low');
  });

  it('takes heavy loss or a long queue for trouble, whatever the estimate says', () => {
    expect(after(SETTLED, times(2, { ...PLENTY, lossOut: 0.3 })).step).toBe('rest');
    expect(after(SETTLED, times(2, { ...PLENTY, roundTrip: 1_500 })).step).toBe('rest');
    // A long way is not a queue.
    const far = { ...PLENTY, roundTrip: 900 };
    expect(after(after(FULL_PICTURE, times(5, far)), times(5, far)).step).toBe('full');
  });

  it('tries again after 8 s of calm, and comes back by itself when the path is good', () => {
    expect(until('low', RESTING, PLENTY)).toBe(4);
    expect(until('full', RESTING, PLENTY)).toBeLessThanOrEqual(12);
  });

  it('does not try while there is trouble, and believes no estimate of a path that is not used', () => {
    expect(until('low', RESTING, { ...PLENTY, lossOut: 0.1 })).toBe(1_000);
    expect(after(RESTING, times(3, PLENTY)).step).toBe('rest');
  });

  it('tries less often after each failure, and as often as at first once a try has proved itself', () => {
    const waits: number[] = [];
    let now = RESTING;
    for (let tries = 0; tries < 5; tries += 1) {
      waits.push(until('low', now, THIN));
      while (now.step === 'rest') now = nextPicture(now, THIN, true);
      while (now.step !== 'rest') now = nextPicture(now, THIN, true);
    }
    expect(waits).toEqual([4, 8, 16, 16, 16]);
    expect(after(now, times(60, PLENTY))).toMatchObject({ step: 'full', calmNeeded: 4, onTrial: false });
  });

  it('goes up without an estimate that says so, since that grows only with what is sent', () => {
    const low = after(SETTLED, [fine(180_000)]);
    expect(until('medium', low, fine(200_000))).toBeLessThanOrEqual(4);
  });

  it('does not send more from a machine that cannot code more', () => {
    const medium = after(SETTLED, times(2, fine(400_000)));
    expect(until('full', medium, { ...PLENTY, limitation: 'cpu' })).toBe(1_000);
  });

  it('tries at once when the camera is turned on anew', () => {
    expect(nextPicture(RESTING, THIN, false)).toMatchObject({ step: 'low', grace: 2 });
  });

  describe('whatever the samples are', () => {
    const bits = fc.option(fc.integer({ min: 0, max: 5_000_000 }), { nil: null });
    const samples = fc.array(
      fc.record({
        available: bits,
        lossOut: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
        roundTrip: fc.option(fc.integer({ min: 0, max: 5_000 }), { nil: null }),
        limitation: fc.constantFrom('none', 'cpu', 'bandwidth', null),
      }),
      { maxLength: 60 },
    );
    const ORDER: readonly PictureStep[] = ['rest', 'low', 'medium', 'full'];

    it('goes up one step at a time, and never to rest from a single sample', () => {
      fc.assert(
        fc.property(samples, (list) => {
          let now = FULL_PICTURE;
          let bad = 0;
          for (const sample of list) {
            const next = nextPicture(now, sample, true);
            expect(ORDER.indexOf(next.step) - ORDER.indexOf(now.step)).toBeLessThanOrEqual(1);
            if (next.step === 'rest' && now.step !== 'rest') expect(bad).toBeGreaterThan(0);
            bad = next.starved;
            expect(next.calmNeeded).toBeGreaterThanOrEqual(4);
            expect(next.calmNeeded).toBeLessThanOrEqual(16);
            now = next;
          }
        }),
      );
    });

    it('comes back to the full picture on a good path, within two minutes', () => {
      fc.assert(fc.property(samples, (list) => until('full', after(FULL_PICTURE, list), PLENTY) <= 60));
    });

    it('rests within five samples on a thin path, and for most of the time after', () => {
      fc.assert(
        fc.property(samples, (list) => {
          let now = after(FULL_PICTURE, list);
          expect(until('rest', now, THIN)).toBeLessThanOrEqual(5);
          let resting = 0;
          for (let i = 0; i < 100; i += 1) {
            now = nextPicture(now, THIN, true);
            if (now.step === 'rest') resting += 1;
          }
          expect(resting).toBeGreaterThanOrEqual(65);
        }),
      );
    });
  });
});
