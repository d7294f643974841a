import type { CallSample, Mark } from '../ipc/call-details.ts';

/** How a call does, and what speaks for another mark. */
export interface Quality {
  readonly mark: Mark;
  /** Samples in a row that are all better, or all worse, and the one of them nearest to the mark. */
  readonly streak: { readonly mark: Mark; readonly count: number } | null;
}

/** Before the first sample. */
export const GOOD_QUALITY: Quality = { mark: 'good', streak: null };

/** A person notices from `FAIR` on, and finds it hard to talk from `POOR` on. Shares, and milliseconds. */
const FAIR = { loss: 0.03, concealed: 0.03, roundTrip: 500, jitter: 100 } as const;
const POOR = { loss: 0.1, concealed: 0.1, roundTrip: 1_000, jitter: 250 } as const;

/** A smaller share of lost packets is no reason for a picture to freeze. */
const LOSSY = 0.01;

const RANK = { poor: 0, fair: 1, good: 2 } as const satisfies Record<Mark, number>;

/** Samples in a row for a worse mark, and for a better one: an improvement must last. */
const WORSE_AFTER = 2;
const BETTER_AFTER = 4;

/** What is judged. */
export type QualityEvidence = Pick<
  CallSample,
  'lossIn' | 'lossOut' | 'concealed' | 'roundTrip' | 'jitter' | 'freezes' | 'resting'
>;

const judge = (sample: QualityEvidence): Mark => {
  const { lossIn, lossOut, concealed, roundTrip, jitter, freezes, resting } = sample;
  const reaches = (limit: typeof FAIR | typeof POOR): boolean =>
    Math.max(lossIn ?? 0, lossOut ?? 0) >= limit.loss ||
    (concealed ?? 0) >= limit.concealed ||
    (roundTrip ?? 0) >= limit.roundTrip ||
    (jitter ?? 0) >= limit.jitter;
  if (reaches(POOR)) return 'poor';
  // A picture that freezes although everything arrives points to a slow machine, not to the connection.
  const stands = freezes > 0 && (lossIn ?? 0) >= LOSSY;
  return reaches(FAIR) || stands || resting ? 'fair' : 'good';
};

/** The mark after one more sample. Pure: it changes only when several samples in a row say so. */
export const nextQuality = ({ mark, streak }: Quality, sample: QualityEvidence): Quality => {
  const judged = judge(sample);
  if (judged === mark) return { mark, streak: null };
  const worse = RANK[judged] < RANK[mark];
  const goesOn = streak !== null && RANK[streak.mark] < RANK[mark] === worse;
  const count = goesOn ? streak.count + 1 : 1;
  // Of a streak, the smallest change counts: all of its samples support that.
  const nearest = goesOn && worse === RANK[streak.mark] > RANK[judged] ? streak.mark : judged;
  return count >= (worse ? WORSE_AFTER : BETTER_AFTER)
    ? { mark: nearest, streak: null }
    : { mark, streak: { mark: nearest, count } };
};
