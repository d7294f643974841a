/** The things that must work for this phone to ring and to be heard, in the order in which they are tried. */
export const CHECKS = [
  'phone',
  'server',
  'account',
  'test-call',
  'ice-servers',
  'microphone',
  'camera',
  'speaker',
  'notifications',
  'notification-buttons',
] as const;

export type CheckName = (typeof CHECKS)[number];

/** A cause: for the report as a code, for the person in words that say what to do. */
export interface Cause {
  code: string;
  text: string;
}

/**
 * How a check came out. `unneeded`: nothing is wrong and nothing was tried.
 * `asks`: only the person can tell; `ifNo` is what a "no" means.
 */
export type Verdict =
  | { kind: 'good' }
  | ({ kind: 'unneeded' } & Cause)
  | ({ kind: 'wrong' } & Cause)
  | { kind: 'asks'; question: string; ifNo: Cause };

/** Tries one thing. What it throws counts as wrong, for reasons unknown. */
export type Check = () => Promise<Verdict>;

/** What a line of the page shows. */
export type LineState = { kind: 'waiting' } | { kind: 'running' } | Verdict;
