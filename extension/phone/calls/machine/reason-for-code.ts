import type { ErrorCode } from '../../../../protocol/errors.ts';
import type { ShownReason } from '../../../ipc/shown-reason.ts';

/** Why a call is over when the server refuses its invite or its accept with `code`. */
export const reasonForCode = (code: ErrorCode): ShownReason => {
  switch (code) {
    case 'busy':
    case 'do-not-disturb':
    case 'not-allowed':
    case 'unreachable':
    case 'answered-elsewhere':
    case 'in-another-call':
    case 'rate-limited':
      return code;
    case 'bad-request':
    case 'bad-character':
    case 'nothing-visible':
    case 'too-large':
    case 'not-found':
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
    case 'storage-full':
    case 'server-error':
      return 'server-error';
  }
};
