import type { Urgency } from './signaling-types.ts';

/** Longest pause between two tries in milliseconds. */
const CAP: Record<Urgency, number> = { lost: 500, call: 5_000, calm: 30_000 };
/** A first loss is mostly short. */
const FIRST = 250;

interface Options {
  /** How many tries have failed in a row. */
  failures: number;
  urgency: Urgency;
  /** 0–1, by chance. */
  chance: number;
}

/** How long to wait before trying again, in milliseconds. Spread by chance, so that not everybody comes back at once. */
export const backoff = ({ failures, urgency, chance }: Options): number => {
  const longest = Math.min(CAP[urgency], FIRST * 2 ** Math.min(failures, 10));
  return Math.round(longest * (0.5 + chance / 2));
};
