import { isVisible } from '../../../protocol/one-line.ts';
import type { LongWait, NamedCharacter } from '../../ipc/command-result.ts';
import type { CommandProblem } from '../../ipc/protocol.ts';
import { t, type PlainKey } from './messages.ts';
import { timeText } from './time-text.ts';

/** The codes of a failed command. `phone-silent`: the phone did not answer. */
export type Problem = CommandProblem | 'phone-silent';

const PROBLEM_KEYS = {
  'bad-request': 'problemBadRequest',
  'bad-character': 'problemBadCharacter',
  'nothing-visible': 'problemNothingVisible',
  'too-large': 'problemTooLarge',
  'not-found': 'problemNotFound',
  'rate-limited': 'problemRateLimited',
  unauthorized: 'problemUnauthorized',
  'wrong-credentials': 'problemWrongCredentials',
  superseded: 'problemSuperseded',
  'version-too-old': 'problemVersionTooOld',
  'version-too-new': 'problemVersionTooNew',
  'origin-refused': 'problemOriginRefused',
  'username-taken': 'problemUsernameTaken',
  'invite-needed': 'problemInviteNeeded',
  'invite-invalid': 'problemInviteInvalid',
  'registration-closed': 'problemRegistrationClosed',
  'sign-in-refused': 'problemSignInRefused',
  'wrong-password': 'problemWrongPassword',
  'sign-in-again': 'problemSignInAgain',
  'not-a-picture': 'problemNotAPicture',
  'account-deleted': 'problemAccountDeleted',
  'not-allowed': 'problemNotAllowed',
  unreachable: 'problemUnreachable',
  'do-not-disturb': 'problemDoNotDisturb',
  busy: 'problemBusy',
  'in-another-call': 'problemInAnotherCall',
  glare: 'problemGlare',
  'unknown-call': 'problemUnknownCall',
  'answered-elsewhere': 'problemAnsweredElsewhere',
  'call-ended': 'problemCallEnded',
  'wrong-state': 'problemWrongState',
  overloaded: 'problemOverloaded',
  unavailable: 'problemUnavailable',
  'storage-full': 'problemStorageFull',
  'server-error': 'problemServerError',
  'server-unreachable': 'problemServerUnreachable',
  'not-a-server': 'problemNotAServer',
  'websocket-blocked': 'problemWebsocketBlocked',
  'bad-address': 'problemBadAddress',
  'insecure-address': 'problemInsecureAddress',
  'provider-closed': 'problemProviderClosed',
  'test-call-failed': 'problemTestCallFailed',
  'signed-out': 'problemSignedOut',
  'bad-contact': 'problemBadContact',
  'bad-invite': 'problemBadInvite',
  'account-invite': 'problemAccountInvite',
  'contact-invite': 'problemContactInvite',
  'invite-incomplete': 'problemInviteIncomplete',
  'invite-without-address': 'problemInviteWithoutAddress',
  'other-server': 'problemOtherServer',
  'relay-needed': 'problemRelayNeeded',
  'phone-silent': 'problemPhoneSilent',
} as const satisfies Record<Exclude<Problem, NamedCharacter | LongWait>, PlainKey>;

const isNamed = (problem: Problem): problem is NamedCharacter => problem.startsWith('bad-character ');

const isLongWait = (problem: Problem): problem is LongWait => problem.startsWith('rate-limited ');

/** Describes the character: only usernames refuse visible ones. */
const characterText = (problem: NamedCharacter): string => {
  const codePoint = problem.slice('bad-character '.length);
  const character = String.fromCodePoint(Number.parseInt(codePoint.slice('U+'.length), 16));
  if (character === ' ') return t('problemUsernameSpace');
  return isVisible(character)
    ? t('problemUsernameCharacter', `“${character}” (${codePoint})`)
    : t('problemTextCharacter', codePoint);
};

/** A problem in words. */
export const problemText = (problem: Problem): string => {
  if (isNamed(problem)) return characterText(problem);
  if (isLongWait(problem)) {
    return t('problemRateLimitedUntil', timeText(Number(problem.slice('rate-limited '.length)), Date.now()));
  }
  return t(PROBLEM_KEYS[problem]);
};
