import type { RefusalCode } from '../refused.ts';

/** HTTP status that goes with each code. */
export const PROBLEM_STATUS: Readonly<Record<RefusalCode, number>> = {
  'bad-request': 400,
  'too-large': 413,
  'not-found': 404,
  'rate-limited': 429,
  unauthorized: 401,
  'wrong-credentials': 401,
  superseded: 409,
  'version-too-old': 426,
  'version-too-new': 426,
  'origin-refused': 403,
  'username-taken': 409,
  'registration-closed': 403,
  'not-allowed': 403,
  unreachable: 409,
  'do-not-disturb': 409,
  busy: 409,
  'in-another-call': 409,
  'unknown-call': 404,
  'answered-elsewhere': 409,
  'call-ended': 410,
  'wrong-state': 409,
  overloaded: 503,
  unavailable: 503,
  'server-error': 500,
};
