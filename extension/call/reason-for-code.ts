import type { EndReason } from '../../protocol/call.ts';
import type { ErrorCode } from '../../protocol/errors.ts';

/** Why a call is over when the server refuses its invite or its accept with `code`. */
export const reasonForCode = (code: ErrorCode): EndReason => {
  switch (code) {
    case 'busy':
    case 'do-not-disturb':
    case 'not-allowed':
    case 'unreachable':
    case 'answered-elsewhere':
    case 'in-another-call':
      return code;
    case 'bad-request':
    case 'too-large':
    case 'not-found':
    case 'rate-limited':
    case 'unauthorized':
    case 'wrong-credentials':
    case 'superseded':
    case 'version-too-old':
    case 'version-too-new':
    case 'origin-refused':
    case 'username-taken':
    case 'invite-needed':
    case 'invite-invalid':
    case 'registration-closed':
    case 'sign-in-refused':
    case 'wrong-password':
    case 'sign-in-again':
    case 'not-a-picture':
    case 'account-deleted':
    case 'glare':
    case 'unknown-call':
    case 'call-ended':
    case 'wrong-state':
    case 'overloaded':
    case 'unavailable':
    case 'server-error':
      return 'server-error';
  }
};
