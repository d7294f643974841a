import type { Direction } from '../../../protocol/history/history.ts';
import type { ShownReason } from '../../ipc/shown-reason.ts';
import { t, type NameKey, type PlainKey } from '../i18n/messages.ts';

type Ending = readonly ['plain', PlainKey] | readonly ['name', NameKey];

const both = (ending: Ending): Record<Direction, Ending> => ({ outgoing: ending, incoming: ending });

const ENDINGS: Record<ShownReason, Record<Direction, Ending>> = {
  'hung-up': both(['plain', 'endedHungUp']),
  cancelled: { outgoing: ['plain', 'endedCancelledOutgoing'], incoming: ['name', 'endedCancelledIncoming'] },
  declined: { outgoing: ['name', 'endedDeclinedOutgoing'], incoming: ['plain', 'endedDeclinedIncoming'] },
  busy: { outgoing: ['name', 'endedBusyOutgoing'], incoming: ['plain', 'endedBusyIncoming'] },
  'do-not-disturb': {
    outgoing: ['name', 'endedDoNotDisturbOutgoing'],
    incoming: ['plain', 'endedDoNotDisturbIncoming'],
  },
  'no-answer': { outgoing: ['name', 'endedNoAnswerOutgoing'], incoming: ['name', 'endedNoAnswerIncoming'] },
  unreachable: both(['name', 'endedUnreachable']),
  'not-allowed': both(['name', 'endedNotAllowed']),
  'answered-elsewhere': both(['plain', 'endedAnsweredElsewhere']),
  'declined-elsewhere': both(['plain', 'endedDeclinedElsewhere']),
  'continued-elsewhere': both(['plain', 'endedContinuedElsewhere']),
  'in-another-call': both(['plain', 'endedInAnotherCall']),
  'rate-limited': both(['plain', 'endedRateLimited']),
  'media-failed': both(['name', 'endedMediaFailed']),
  'connection-lost': both(['plain', 'endedConnectionLost']),
  'server-error': both(['plain', 'endedServerError']),
};

/** What a call that is over says of its end. */
export interface EndingFacts {
  reason: ShownReason;
  direction: Direction;
  /** Whether the two ever heard each other. */
  talked: boolean;
}

const endingOf = ({ reason, direction, talked }: EndingFacts): Ending =>
  // The line that was lost is the caller's: this person had none yet.
  reason === 'connection-lost' && direction === 'incoming' && !talked
    ? ['name', 'endedCallerGone']
    : ENDINGS[reason][direction];

/** Why a call ended, in words, from the viewpoint of the caller or the callee. */
export const endingText = (facts: EndingFacts, name: string): string => {
  const [kind, key] = endingOf(facts);
  return kind === 'plain' ? t(key) : t(key, name);
};
