/** Everything that must work for this phone to ring and be heard, in the order of the checks. */
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

/** A cause: a code for the report, and words for the person that say what to do. */
export interface Cause {
  code: string;
  text: string;
}

/**
 * The result of a check. `unneeded`: nothing is wrong, and nothing was tested. `asks`: only the person can
 * tell; `ifNo` is the cause if the answer is "no".
 */
export type Verdict =
  | { kind: 'good' }
  | ({ kind: 'unneeded' } & Cause)
  | ({ kind: 'wrong' } & Cause)
  | { kind: 'asks'; question: string; ifNo: Cause };

/** Runs one check. If it throws, the check has failed for an unknown reason. */
export type Check = () => Promise<Verdict>;

/** The content of one line of the page. */
export type LineState = { kind: 'waiting' } | { kind: 'running' } | Verdict;
