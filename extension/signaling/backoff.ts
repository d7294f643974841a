/** Longest pause between two tries in milliseconds: while a call is up, and else. */
const CAP = { urgent: 5_000, calm: 30_000 } as const;
/** A first loss is mostly short. */
const FIRST = 250;

interface Options {
  /** How many tries have failed in a row. */
  failures: number;
  /** A call is up. */
  urgent: boolean;
  /** 0–1, by chance. */
  chance: number;
}

/** How long to wait before trying again, in milliseconds. Spread by chance, so that not everybody comes back at once. */
export const backoff = ({ failures, urgent, chance }: Options): number => {
  const longest = Math.min(urgent ? CAP.urgent : CAP.calm, FIRST * 2 ** Math.min(failures, 10));
  return Math.round(longest * (0.5 + chance / 2));
};
