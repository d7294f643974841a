import type { EndReason } from '../../../../protocol/calls/call.ts';
import type { HistoryEntry } from '../../../../protocol/history/history.ts';
import { isMissed } from '../../../../protocol/history/is-missed.ts';
import { t, type PlainKey } from '../../../ui/i18n/messages.ts';

type Outcome = Pick<HistoryEntry, 'reason' | 'direction' | 'duration'>;

const OUTGOING: Record<EndReason, PlainKey> = {
  'hung-up': 'outcomeNotConnected',
  cancelled: 'outcomeCancelled',
  declined: 'outcomeDeclinedOutgoing',
  busy: 'outcomeBusy',
  'do-not-disturb': 'outcomeDoNotDisturb',
  'no-answer': 'outcomeNoAnswer',
  unreachable: 'outcomeUnreachable',
  'not-allowed': 'outcomeNotAllowed',
  // Only single devices are told the next three; no history contains them.
  'answered-elsewhere': 'outcomeOutgoing',
  'declined-elsewhere': 'outcomeDeclinedOutgoing',
  'continued-elsewhere': 'outcomeOutgoing',
  'in-another-call': 'outcomeCancelled',
  'media-failed': 'outcomeNotConnected',
  'connection-lost': 'outcomeConnectionLost',
  'server-error': 'outcomeConnectionLost',
};

/** Ends for which the callee sees more than "missed". */
const INCOMING: Partial<Record<EndReason, PlainKey>> = {
  declined: 'outcomeDeclinedIncoming',
  busy: 'outcomeMissedBusy',
  'do-not-disturb': 'outcomeMissedDoNotDisturb',
  unreachable: 'outcomeMissedOffline',
};

const keyOf = (entry: Outcome): PlainKey => {
  const { reason, direction } = entry;
  if (direction === 'outgoing') return OUTGOING[reason];
  return INCOMING[reason] ?? (isMissed(entry) ? 'outcomeMissed' : OUTGOING[reason]);
};

/** The outcome of a call in one or two words, for the owner of the history. */
export const outcomeText = (entry: Outcome): string => {
  const { reason, direction, duration } = entry;
  if (duration === null || reason === 'connection-lost') return t(keyOf(entry));
  return t(direction === 'outgoing' ? 'outcomeOutgoing' : 'outcomeIncoming');
};
